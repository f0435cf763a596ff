//! A description of a piece of the page. It can hold elements that the card names and text; there
//! is no way to put markup from data into it.

/// An element or a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// A text, shown as it is.
    Text(String),
}

/// An element of the page. Boxed, as views hand elements through many hands.
#[derive(Debug, Clone, PartialEq)]
pub struct Element(Box<Parts>);

/// What an element consists of.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// Its tag, in lower case.
    pub tag: &'static str,
    /// Whether it belongs to SVG rather than to HTML.
    pub svg: bool,
    /// What it stands for among its siblings, so that it moves instead of changing into another.
    pub key: Option<String>,
    /// Its attributes, each name once.
    pub attributes: Vec<(&'static str, String)>,
    /// What is in it, in order.
    pub children: Vec<Node>,
}

impl std::ops::Deref for Element {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::ops::DerefMut for Element {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

/// An HTML element with a class; an empty class sets none.
pub fn element(tag: &'static str, class: &str) -> Element {
    let element = Element::new(tag, false);
    if class.is_empty() {
        element
    } else {
        element.with("class", class)
    }
}

/// An SVG element.
pub fn svg(tag: &'static str) -> Element {
    Element::new(tag, true)
}

// The builders take plain references and are kept whole: views call them hundreds of times.
impl Element {
    #[inline(never)]
    fn new(tag: &'static str, svg: bool) -> Self {
        Self(Box::new(Parts {
            tag,
            svg,
            key: None,
            attributes: Vec::new(),
            children: Vec::new(),
        }))
    }

    /// With an attribute.
    #[must_use]
    #[inline(never)]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute when there is a value for it.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With an attribute that has no value, such as `disabled`, when `on`.
    #[must_use]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.with(name, "") } else { self }
    }

    /// With a key among its siblings.
    #[must_use]
    #[inline(never)]
    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.into());
        self
    }

    /// With one more child.
    #[must_use]
    #[inline(never)]
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With one more child when there is one.
    #[must_use]
    #[inline(never)]
    pub fn child_some(self, child: Option<Self>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With a text in it.
    #[must_use]
    #[inline(never)]
    pub fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl Node {
    /// All text in it, in order, with a space between pieces: what a person reads.
    pub fn read(&self) -> String {
        let mut pieces = Vec::new();
        self.collect(&mut pieces);
        pieces.join(" ")
    }

    fn collect<'a>(&'a self, pieces: &mut Vec<&'a str>) {
        match self {
            Self::Text(text) => pieces.push(text),
            Self::Element(element) => element
                .children
                .iter()
                .for_each(|child| child.collect(pieces)),
        }
    }

    /// The first element that `wanted` accepts, from the outside in.
    pub fn find(&self, wanted: &dyn Fn(&Element) -> bool) -> Option<&Element> {
        let Self::Element(element) = self else {
            return None;
        };
        if wanted(element) {
            return Some(element);
        }
        element.children.iter().find_map(|child| child.find(wanted))
    }
}
