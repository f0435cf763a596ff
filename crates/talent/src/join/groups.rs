use std::collections::HashMap;

/// Rows by a key that several of them share: an order of indices, and for each key its part of it. A map
/// of lists would take several times the memory.
#[derive(Debug)]
pub(super) struct Groups<'f, R> {
    rows: &'f [R],
    order: Vec<u32>,
    /// Begin and end in the order.
    parts: HashMap<&'f str, (u32, u32)>,
}

impl<'f, R> Groups<'f, R> {
    /// Rows whose key is empty are left out.
    pub(super) fn new(rows: &'f [R], key: fn(&R) -> &str) -> Self {
        let mut order: Vec<u32> = (0u32..)
            .zip(rows)
            .filter(|(_, row)| !key(row).is_empty())
            .map(|(at, _)| at)
            .collect();
        // Stable, so that rows of one key keep the feed's order.
        order.sort_by(|a, b| key(&rows[*a as usize]).cmp(key(&rows[*b as usize])));
        let mut parts: HashMap<&str, (u32, u32)> = HashMap::with_capacity(order.len());
        for (place, at) in (0u32..).zip(&order) {
            let part = parts
                .entry(key(&rows[*at as usize]))
                .or_insert((place, place));
            part.1 = place + 1;
        }
        Self { rows, order, parts }
    }

    /// The rows with this key, in the feed's order.
    pub(super) fn get(&self, key: &str) -> impl Iterator<Item = &'f R> + use<'f, '_, R> {
        let rows = self.rows;
        let (start, end) = self.parts.get(key).copied().unwrap_or_default();
        self.order[start as usize..end as usize]
            .iter()
            .map(move |at| &rows[*at as usize])
    }
}
