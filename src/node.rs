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

/// An element of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its tag, in lower case; see [`Element::svg`].
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

/// An HTML element with a class; an empty class sets none.
pub fn element(tag: &'static str, class: &str) -> Element {
    let element = Element {
        tag,
        svg: false,
        key: None,
        attributes: Vec::new(),
        children: Vec::new(),
    };
    if class.is_empty() {
        element
    } else {
        element.with("class", class)
    }
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute when there is a value for it.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<String>) -> Self {
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
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// With one more child.
    #[must_use]
    pub fn child(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    /// With one more child when there is one.
    #[must_use]
    pub fn child_some(self, child: Option<impl Into<Node>>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With more children.
    #[must_use]
    pub fn children<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// With a text in it.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.child(Node::Text(text.into()))
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
