use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    cents: i64,
}

impl Money {
    pub fn new(cents: i64) -> Self {
        Money { cents }
    }

    /// Parses "12.34" or "12".
    pub fn parse(text: &str) -> Option<Money> {
        let mut parts = text.split('.');
        let whole: i64 = parts.next()?.parse().ok()?;
        let rest: i64 = match parts.next() {
            Some(part) => part.parse().ok()?,
            None => 0,
        };
        Some(Money { cents: whole * 100 + rest })
    }

    pub fn plus(self, other: Money) -> Money {
        Money { cents: self.cents + other.cents }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.cents / 100, self.cents % 100)
    }
}

pub fn share(total: Money, people: i64) -> Vec<Money> {
    let each = total.cents / people;
    (0..people).map(|_| Money { cents: each }).collect()
}
