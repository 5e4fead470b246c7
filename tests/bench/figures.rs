//! Figures for the reader.

/// Times of the same thing.
pub struct Times(Vec<f64>);

impl Times {
    /// In any order, in any unit.
    pub fn new(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        assert!(!times.is_empty(), "something was measured");
        Self(times)
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that this part of all is not above.
    pub fn at(&self, part: f64) -> f64 {
        let last = self.0.len() - 1;
        self.0[((last as f64) * part).round() as usize]
    }

    /// How many are above this.
    pub fn above(&self, bound: f64) -> usize {
        self.0.iter().filter(|time| **time > bound).count()
    }
}

/// A heading.
pub fn part(title: &str) {
    println!("\n{title}");
}

/// One against the other.
pub fn ratio(one: f64, other: f64) -> String {
    format!("x{:.2}", one / other)
}
