//! What every cell has to come to, written down apart from the server's own table, so that a mistake in that one fails.

/// In the order of the columns below.
pub(crate) const RELATIONS: [&str; 8] = [
    "stranger", "self", "manager", "above", "peer", "former", "admin", "app",
];

/// `all`: success, with the balance where the route has one. `bare`: success, and nothing that tells of coins. `own`:
/// success, and nothing about the member. `404`: `not_found`. Any other word is the code of a 403. After a `|` stands
/// what holds once the member keeps the balance from the line.
const CELLS: &str = "
                                          stranger  self      manager            above              peer      former    admin     app
GET    /openapi.json                      own       own       own                own                own       own       own       own
GET    /me                                own       own       own                own                own       own       own       own
GET    /me/team                           own       own       all|bare           own                own       own       own       no_member
GET    /me/visibility                     own       own       own                own                own       own       own       no_member
PUT    /me/visibility                     own       own       own                own                own       own       own       no_member
GET    /me/views                          own       own       own                own                own       own       own       no_member
POST   /me/uploads                        own       own       own                own                own       own       own       no_member
GET    /me/sessions                       own       own       own                own                own       own       own       no_member
DELETE /me/sessions                       own       own       own                own                own       own       own       no_member
DELETE /me/sessions/{id}                  own       own       own                own                own       own       own       no_member
GET    /workers/{number}/activity         404       all       all|bare           all|bare           404       404       all       all
GET    /members/{id}/coin-transactions    404       all       all|balance_hidden all|balance_hidden 404       404       all       all
GET    /members/{id}/uploads              404       all       all|bare           all|bare           404       404       all       all
GET    /uploads/{id}/thumbnail            404       all       all                all                404       404       all       all
GET    /uploads/{id}/content              404       all       all                all                404       404       all       all
DELETE /uploads/{id}                      404       all       forbidden          forbidden          404       404       all       all
GET    /talent/workers/{number}           404       all       all                all                404       404       all       all
GET    /talent/workers/{number}/photo     404       all       all                all                404       404       404       404
GET    /members                           forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
GET    /members/{id}                      forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
DELETE /members/{id}/sessions             forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
POST   /members/{id}/coin-transactions    forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
GET    /talent/sync-runs                  forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
POST   /talent/sync-runs                  forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
GET    /talent/sync-runs/{id}             forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
GET    /talent/sync-runs/{id}/changes     forbidden forbidden forbidden          forbidden          forbidden forbidden all       all
";

/// One route of the table above.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    cells: [&'static str; RELATIONS.len()],
}

impl Route {
    /// `GET /me`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it ends all sessions of somebody.
    pub(crate) fn ends_sessions(&self) -> bool {
        self.method == "DELETE" && self.path.ends_with("/sessions")
    }

    /// The word for a relation, by its place in [`RELATIONS`].
    pub(crate) fn cell(&self, relation: usize, balance_to_line: bool) -> &'static str {
        match self.cells[relation].split_once('|') {
            Some((shown, _)) if balance_to_line => shown,
            Some((_, hidden)) => hidden,
            None => self.cells[relation],
        }
    }
}

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    let mut lines = CELLS.trim_start_matches('\n').lines();
    let columns: Vec<_> = lines.next().unwrap().split_whitespace().collect();
    assert_eq!(columns, RELATIONS, "the heading");
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let (method, path) = (words.next().unwrap(), words.next().unwrap());
            let cells: Vec<_> = words.collect();
            let cells = cells
                .try_into()
                .unwrap_or_else(|_| panic!("eight cells: {line}"));
            Route {
                method,
                path,
                cells,
            }
        })
        .collect()
}

/// Where the balance stands in a route's answer about the member.
pub(crate) fn balance_members(route: &Route) -> &'static [&'static str] {
    match (route.method, route.path) {
        ("GET", "/workers/{number}/activity") => &[
            "/coins/balance",
            "/coins/earned_total",
            "/trend/11/coins",
            "/talent/coins",
            "/uploads/recent/0/coins",
        ],
        ("GET", "/me/team") => &["/coins/balance", "/coins/earned_total"],
        ("GET", "/members/{id}/coin-transactions") => &["/items/0/balance", "/items/0/amount"],
        ("POST", "/members/{id}/coin-transactions") => &["/balance", "/amount"],
        ("GET", "/members/{id}/uploads") => &["/items/0/coins"],
        _ => &[],
    }
}
