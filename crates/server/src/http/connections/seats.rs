use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::http::plumbing::client_address::ClientAddress;

/// Counts the connections of each address, so that one alone does not take them all.
pub(super) struct Seats {
    most: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection's place; free again when this is dropped.
pub(super) struct Seat {
    of: Option<(Arc<Seats>, IpAddr)>,
}

impl Seats {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            taken: Mutex::default(),
        })
    }

    /// A place for this address, unless it has as many as it may. This machine itself is not counted: there
    /// stands the proxy by which everybody comes.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let address = address.to_canonical();
        if address.is_loopback() {
            return Some(Seat { of: None });
        }
        let address = ClientAddress(address).group();
        let mut taken = self.lock();
        let count = taken.entry(address).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Seat {
            of: Some((Arc::clone(self), address)),
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((seats, address)) = self.of.take() else {
            return;
        };
        let mut taken = seats.lock();
        match taken.get_mut(&address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                taken.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_every_connection() {
        let seats = Seats::new(2);
        let take = |address: &str| seats.take(address.parse().unwrap());
        let first = take("198.51.100.7");
        let second = take("::ffff:198.51.100.7");
        assert!(first.is_some() && second.is_some());
        assert!(take("198.51.100.7").is_none(), "it has two");
        assert!(take("198.51.100.8").is_some(), "another address");
        drop(first);
        let third = take("198.51.100.7");
        assert!(third.is_some(), "a place became free");
        let network = [take("2001:db8::1"), take("2001:db8::2")];
        assert!(take("2001:db8::3").is_none(), "a network of 64 bits is one");
        let here: Vec<_> = (0..5).map(|_| take("127.0.0.1")).collect();
        assert!(here.iter().all(Option::is_some), "the proxy's machine");
        drop((second, third, network, here));
        assert!(seats.lock().is_empty(), "nothing is remembered");
    }
}
