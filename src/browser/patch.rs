//! Bringing the page to what a [`Node`] describes, touching only what differs, so that focus,
//! selection and half-typed text stay where they are.

use web_sys::Document;

use crate::node::{Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// A described node and the page's node that shows it.
pub(super) struct Tree {
    dom: web_sys::Node,
    shown: Shown,
}

enum Shown {
    Text(String),
    Element { head: Element, children: Vec<Tree> },
}

impl Tree {
    /// Builds the page's nodes for a description and appends them to `parent`.
    pub(super) fn build(parent: &web_sys::Node, node: Node) -> Self {
        let document = parent.owner_document();
        let tree = document
            .as_ref()
            .and_then(|document| Self::make(document, node));
        let Some(tree) = tree else {
            wasm_bindgen::throw_str("eloops-card: the page refused an element")
        };
        append(parent, &tree.dom);
        tree
    }

    fn make(document: &Document, node: Node) -> Option<Self> {
        match node {
            Node::Text(text) => Some(Self {
                dom: document.create_text_node(&text).into(),
                shown: Shown::Text(text),
            }),
            Node::Element(mut head) => {
                let made = if head.svg {
                    document.create_element_ns(Some(SVG), head.tag)
                } else {
                    document.create_element(head.tag)
                };
                let dom = made.ok()?;
                for (name, value) in &head.attributes {
                    set(&dom, name, value);
                }
                let children: Vec<Self> = std::mem::take(&mut head.children)
                    .into_iter()
                    .filter_map(|child| Self::make(document, child))
                    .inspect(|child| append(&dom, &child.dom))
                    .collect();
                Some(Self {
                    dom: dom.into(),
                    shown: Shown::Element { head, children },
                })
            }
        }
    }

    /// Changes the page's node into what `node` describes, or puts another in its place.
    pub(super) fn become_like(&mut self, parent: &web_sys::Node, node: Node) {
        match (&mut self.shown, node) {
            (Shown::Text(old), Node::Text(new)) => {
                if *old != new {
                    self.dom.set_text_content(Some(&new));
                    *old = new;
                }
            }
            (Shown::Element { head, children }, Node::Element(new)) if alike(head, &new) => {
                let dom: &web_sys::Element = wasm_bindgen::JsCast::unchecked_ref(&self.dom);
                *head = change(dom, head, children, new);
            }
            (_, node) => {
                let Some(document) = parent.owner_document() else {
                    return;
                };
                let Some(other) = Self::make(&document, node) else {
                    return;
                };
                if parent.replace_child(&other.dom, &self.dom).is_ok() {
                    *self = other;
                }
            }
        }
    }

    fn matches(&self, node: &Node) -> bool {
        match (&self.shown, node) {
            (Shown::Text(_), Node::Text(_)) => true,
            (Shown::Element { head, .. }, Node::Element(new)) => alike(head, new),
            _ => false,
        }
    }
}

/// Whether one element can be changed into another: of one kind and standing for one thing.
fn alike(old: &Element, new: &Element) -> bool {
    old.tag == new.tag
        && old.svg == new.svg
        && old.key == new.key
        && old.attribute("class") == new.attribute("class")
}

fn change(
    dom: &web_sys::Element,
    old: &Element,
    children: &mut Vec<Tree>,
    mut new: Element,
) -> Element {
    for (name, value) in &new.attributes {
        if old.attribute(name) != Some(value) {
            set(dom, name, value);
        }
    }
    for (name, _) in &old.attributes {
        if new.attribute(name).is_none() {
            let removed = dom.remove_attribute(name);
            debug_assert!(removed.is_ok(), "{name} is a valid name");
        }
    }
    change_children(dom, children, std::mem::take(&mut new.children));
    new
}

/// Walks the wanted children in order; each takes the first old one that it is alike with, and what
/// nobody took is removed.
fn change_children(parent: &web_sys::Element, children: &mut Vec<Tree>, wanted: Vec<Node>) {
    let mut old: Vec<Option<Tree>> = children.drain(..).map(Some).collect();
    let mut next = 0;
    for node in wanted {
        let found =
            (next..old.len()).find(|&at| old[at].as_ref().is_some_and(|tree| tree.matches(&node)));
        if let Some(at) = found {
            let Some(mut tree) = old[at].take() else {
                continue;
            };
            // What was passed over is gone or stands elsewhere now.
            for passed in old[next..at].iter_mut().filter_map(Option::take) {
                remove(parent, &passed.dom);
            }
            next = at + 1;
            tree.become_like(parent, node);
            children.push(tree);
        } else {
            let Some(tree) = parent
                .owner_document()
                .and_then(|document| Tree::make(&document, node))
            else {
                continue;
            };
            let before = old[next..]
                .iter()
                .find_map(|tree| tree.as_ref().map(|tree| &tree.dom));
            let inserted = parent.insert_before(&tree.dom, before);
            debug_assert!(
                inserted.is_ok(),
                "the next sibling is a child of the same parent"
            );
            children.push(tree);
        }
    }
    for left in old.into_iter().flatten() {
        remove(parent, &left.dom);
    }
}

fn set(dom: &web_sys::Element, name: &str, value: &str) {
    let set = dom.set_attribute(name, value);
    debug_assert!(set.is_ok(), "{name} is a valid name");
}

fn append(parent: &web_sys::Node, child: &web_sys::Node) {
    let appended = parent.append_child(child);
    debug_assert!(appended.is_ok(), "a fresh node goes anywhere");
}

fn remove(parent: &web_sys::Node, child: &web_sys::Node) {
    // Something else may have removed it before: a browser extension, say.
    if child.parent_node().is_some() {
        let removed = parent.remove_child(child);
        debug_assert!(removed.is_ok(), "the child was this parent's");
    }
}
