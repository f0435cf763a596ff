/// Rows by a key that several of them share: an order of indices, searched by halves. For 100,000 rows
/// this takes 400 kB, where a map of lists takes many times that.
#[derive(Debug)]
pub(super) struct Groups<'f, R> {
    rows: &'f [R],
    order: Vec<u32>,
    key: fn(&R) -> &str,
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
        Self { rows, order, key }
    }

    /// The rows with this key, in the feed's order.
    pub(super) fn get(&self, key: &str) -> impl Iterator<Item = &'f R> + use<'f, '_, R> {
        let rows = self.rows;
        let start = self
            .order
            .partition_point(|at| (self.key)(&rows[*at as usize]) < key);
        let rest = &self.order[start..];
        let length = rest.partition_point(|at| (self.key)(&rows[*at as usize]) == key);
        rest[..length].iter().map(move |at| &rows[*at as usize])
    }
}
