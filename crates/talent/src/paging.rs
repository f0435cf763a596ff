//! Reading a whole set, page by page.

use std::collections::HashSet;

use crate::rows::Shape;
use crate::{LinkError, Page, Read, Request, Response, Root, TalentError, page};

/// A read under way. Ask for a [`request`](Self::request), send it, hand the answer to
/// [`read`](Self::read), until there is no request any more.
///
/// Paging is by offset, so that a set which changes meanwhile repeats rows: those are dropped by key.
/// It may also pass rows over: compare [`received`](Self::received) with [`announced`](Self::announced).
#[derive(Debug)]
pub struct Pages<'r, S> {
    root: &'r Root,
    read: Read<S>,
    next: Option<String>,
    keys: HashSet<Box<str>>,
    links: HashSet<Box<str>>,
    fruitless: u8,
    received: u64,
    announced: Option<u64>,
}

/// So many pages in a row without a new row are a circle.
const FRUITLESS: u8 = 3;

impl<'r, S: Shape> Pages<'r, S> {
    /// Begins a read.
    pub fn new(root: &'r Root, read: Read<S>) -> Self {
        let next = read.request(root).url;
        Self {
            root,
            read,
            next: Some(next),
            keys: HashSet::new(),
            links: HashSet::new(),
            fruitless: 0,
            received: 0,
            announced: None,
        }
    }

    /// The request to send now; none when everything has been read. Asking twice gives the same one,
    /// so that a page can be tried again.
    pub fn request(&self) -> Option<Request> {
        self.next.clone().map(Request::get)
    }

    /// Reads the answer and moves on to the next page.
    ///
    /// # Errors
    /// [`TalentError`]; the read then stays where it is and the request may be sent again, if the error
    /// is retryable.
    pub fn read(&mut self, response: &Response) -> Result<Page<S::Row>, TalentError> {
        let set = self.read.set();
        let (mut page, link) = page::read(self.read.shape(), response)?;
        let next = match link.as_deref().filter(|link| !link.is_empty()) {
            Some(link) => {
                let url = self.read.next_page(self.root, link)?.url;
                if self.next.as_deref() == Some(&*url) || self.links.contains(&*url) {
                    return Err(LinkError::Circle(set).into());
                }
                Some(url)
            }
            None => None,
        };
        let before = page.rows.len() + page.skipped.len();
        page.rows
            .retain(|row| self.keys.insert(self.read.shape().key(row)));
        page.skipped
            .retain(|row| row.key.clone().is_none_or(|key| self.keys.insert(key)));
        page.repeated = before - page.rows.len() - page.skipped.len();
        let fruitful = !page.rows.is_empty() || page.skipped.iter().any(|row| row.key.is_some());
        self.fruitless = if fruitful { 0 } else { self.fruitless + 1 };
        if next.is_some() && self.fruitless >= FRUITLESS {
            return Err(LinkError::Circle(set).into());
        }
        self.received += (page.rows.len() + page.skipped.len()) as u64;
        self.announced = self.announced.or(page.count);
        if let Some(done) = std::mem::replace(&mut self.next, next) {
            self.links.insert(done.into());
        }
        Ok(page)
    }

    /// Rows that came so far, each key once, unreadable ones included.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// How many rows the service said there are.
    pub fn announced(&self) -> Option<u64> {
        self.announced
    }
}

#[cfg(test)]
mod tests;
