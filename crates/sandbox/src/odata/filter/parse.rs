//! Reading a `$filter`.

use super::{Comparison, Math, Operand, Test, check};
use crate::odata::error::Failure;
use crate::odata::lexer::{Token, tokens};
use crate::rows::Value;
use crate::schema::EntityType;

/// How deep parentheses, `not` and calculations may nest.
const DEPTH: usize = 50;

/// Reads a filter on rows of a type.
pub(in crate::odata) fn parse(entity: &EntityType, text: &str) -> Result<Test, Failure> {
    let mut parser = Parser {
        entity,
        text,
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    let node = parser.or()?;
    if parser.next < parser.tokens.len() {
        return Err(parser.syntax());
    }
    parser.test(node)
}

/// What a part of the text turned out to be.
enum Node {
    Test(Test),
    Operand(Operand),
    Member { of: String, member: String },
}

struct Parser<'a> {
    entity: &'a EntityType,
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn or(&mut self) -> Result<Node, Failure> {
        self.joined("or", Self::and, Test::Or)
    }

    fn and(&mut self) -> Result<Node, Failure> {
        self.joined("and", Self::comparison, Test::And)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Node, Failure>,
        join: fn(Vec<Test>) -> Test,
    ) -> Result<Node, Failure> {
        let first = part(self)?;
        if !self.word_is(word) {
            return Ok(first);
        }
        let mut tests = vec![self.test(first)?];
        while self.take_word(word) {
            let next = part(self)?;
            tests.push(self.test(next)?);
        }
        Ok(Node::Test(join(tests)))
    }

    fn comparison(&mut self) -> Result<Node, Failure> {
        let left = self.sum()?;
        let Some(Token::Word(word)) = self.tokens.get(self.next) else {
            return Ok(left);
        };
        if matches!(word.as_str(), "in" | "has") {
            let message = format!("The operator '{word}' is not supported in '{}'.", self.text);
            return Err(Failure::bad(message));
        }
        let Some(op) = Comparison::named(word) else {
            return Ok(left);
        };
        self.next += 1;
        let right = self.sum()?;
        let test = match (left, right) {
            (Node::Operand(left), Node::Operand(right)) => check::compare(left, op, right)?,
            (Node::Operand(operand), Node::Member { of, member })
            | (Node::Member { of, member }, Node::Operand(operand)) => {
                check::member(&operand, op, &of, &member)?
            }
            _ => return Err(self.syntax()),
        };
        Ok(Node::Test(test))
    }

    fn sum(&mut self) -> Result<Node, Failure> {
        self.calculation(&[("add", Math::Add), ("sub", Math::Sub)], Self::product)
    }

    fn product(&mut self) -> Result<Node, Failure> {
        let signs = [
            ("mul", Math::Mul),
            ("div", Math::Div),
            ("divby", Math::DivBy),
            ("mod", Math::Mod),
        ];
        self.calculation(&signs, Self::single)
    }

    fn calculation(
        &mut self,
        signs: &[(&str, Math)],
        part: fn(&mut Self) -> Result<Node, Failure>,
    ) -> Result<Node, Failure> {
        let before = self.depth;
        let mut left = part(self)?;
        while let Some((word, op)) = signs.iter().find(|(word, _)| self.word_is(word)) {
            self.deeper()?;
            self.take_word(word);
            let right = part(self)?;
            let (Node::Operand(first), Node::Operand(second)) = (left, right) else {
                return Err(self.syntax());
            };
            left = Node::Operand(check::math(first, *op, second)?);
        }
        self.depth = before;
        Ok(left)
    }

    fn single(&mut self) -> Result<Node, Failure> {
        let Some(token) = self.tokens.get(self.next).cloned() else {
            return Err(self.syntax());
        };
        self.next += 1;
        match token {
            Token::Open => {
                self.deeper()?;
                let node = self.or()?;
                self.depth -= 1;
                if self.tokens.get(self.next) != Some(&Token::Close) {
                    return Err(self.syntax());
                }
                self.next += 1;
                Ok(node)
            }
            Token::Minus => {
                self.deeper()?;
                let node = self.single()?;
                self.depth -= 1;
                let Node::Operand(operand) = node else {
                    return Err(self.syntax());
                };
                let zero = Operand::Value(Value::Int(0));
                Ok(Node::Operand(check::math(zero, Math::Sub, operand)?))
            }
            Token::Literal(value) => Ok(Node::Operand(Operand::Value(value))),
            Token::Member { of, member } => Ok(Node::Member { of, member }),
            Token::Word(word) => self.word(&word),
            Token::Close | Token::Comma | Token::Slash | Token::Equals => Err(self.syntax()),
        }
    }

    fn word(&mut self, word: &str) -> Result<Node, Failure> {
        match word {
            "not" => {
                self.deeper()?;
                // `not` binds tighter than a comparison, so what follows is a whole condition
                // only in parentheses or after another `not`.
                let node = self.single()?;
                self.depth -= 1;
                Ok(Node::Test(Test::Not(Box::new(self.test(node)?))))
            }
            "true" => Ok(Node::Test(Test::Fixed(true))),
            "false" => Ok(Node::Test(Test::Fixed(false))),
            "null" => Ok(Node::Operand(Operand::Value(Value::Null))),
            name => self.property(name),
        }
    }

    fn property(&self, name: &str) -> Result<Node, Failure> {
        match self.tokens.get(self.next) {
            Some(Token::Open) => {
                let message = format!("An unknown function with name '{name}' was found.");
                return Err(Failure::bad(message));
            }
            Some(Token::Slash) => {
                let message = format!("A path through '{name}' is not supported in '$filter'.");
                return Err(Failure::bad(message));
            }
            _ => {}
        }
        let property = self.entity.property(name).ok_or_else(|| {
            let entity = self.entity.full_name();
            Failure::bad(format!(
                "Could not find a property named '{name}' on type '{entity}'."
            ))
        })?;
        Ok(Node::Operand(Operand::Property(property.clone())))
    }

    /// The node as a condition.
    fn test(&self, node: Node) -> Result<Test, Failure> {
        match node {
            Node::Test(test) => Ok(test),
            Node::Operand(_) | Node::Member { .. } => Err(Failure::bad(format!(
                "The $filter expression must evaluate to a single boolean value: '{}'.",
                self.text
            ))),
        }
    }

    fn word_is(&self, word: &str) -> bool {
        matches!(self.tokens.get(self.next), Some(Token::Word(own)) if own == word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is = self.word_is(word);
        self.next += usize::from(is);
        is
    }

    fn deeper(&mut self) -> Result<(), Failure> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Failure::bad(
                "The node count limit of the $filter expression is exceeded.",
            ));
        }
        Ok(())
    }

    fn syntax(&self) -> Failure {
        let word = self.next + 1;
        Failure::bad(format!("Syntax error at word {word} in '{}'.", self.text))
    }
}
