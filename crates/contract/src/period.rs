//! The months over which bands are climbed, minimums reached and rebates earned.

use longshore_units::{Factor, Month, Term};

/// Over which time bands are climbed, minimums reached and service measured. All but the month are counted from the first
/// day of the contract, and end with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A calendar month.
    #[default]
    Month,
    /// Three months of the contract.
    Quarter,
    /// A year of the contract.
    Year,
    /// All of the contract's term.
    Term,
}

impl Per {
    /// Every period, the shortest first.
    pub const ALL: [Per; 4] = [Per::Month, Per::Quarter, Per::Year, Per::Term];

    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Per::Month => "month",
            Per::Quarter => "quarter",
            Per::Year => "year",
            Per::Term => "term",
        }
    }

    /// How many months it has; none where it is the whole term.
    pub fn months(self) -> Option<u32> {
        match self {
            Per::Month => Some(1),
            Per::Quarter => Some(3),
            Per::Year => Some(12),
            Per::Term => None,
        }
    }

    /// The first and the last month of the period that a month lies in, for a contract of that term. Periods are counted
    /// from the month of the term's first day, and the last one ends with the term; without an end, `None`.
    pub fn period(self, term: Term, month: Month) -> (Month, Option<Month>) {
        let starts = Month::of(term.starts);
        let ends = term.ends.map(Month::of);
        let Some(months) = self.months().map(|months| months as i32) else { return (starts, ends) };
        let first = starts.plus(month.since(starts).div_euclid(months) * months).unwrap_or(starts);
        let last = first.plus(months - 1);
        (first, last.map(|last| ends.map_or(last, |ends| ends.min(last))).or(ends))
    }
}

/// Months of a contract that belong together: its first month and the two after it are its first quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    per: Per,
    pub first: Month,
    /// The last one that the term reaches; none where the period has no end.
    pub last: Option<Month>,
}

impl Period {
    /// The period of a contract's term that a month of the term lies in.
    pub fn of(per: Per, term: Term, month: Month) -> Period {
        let (first, last) = per.period(term, month);
        Period { per, first, last }
    }

    /// The share of a whole period's days that lie in the term, and in words which part of it that is.
    pub fn share_of(&self, term: Term) -> (Factor, String) {
        let Some(months) = self.per.months() else { return (Factor::one(), "the term".to_owned()) };
        let days = |days: &dyn Fn(Month) -> i128| self.first.following(months).map(days).sum::<i128>();
        let (within, all) = (days(&|month| term.days_in(month)), days(&|month| month.days()));
        match Factor::share(within, all) {
            Some(share) if within < all => (share, format!("{within} of {all} days")),
            _ => (Factor::one(), format!("a full {}", self.word())),
        }
    }

    /// Its word in contracts.
    pub fn word(&self) -> &'static str {
        self.per.word()
    }

    /// Whether it is settled with a month.
    pub fn ends_with(&self, month: Month) -> bool {
        self.last == Some(month)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_run_from_the_contracts_first_month_to_its_end() {
        let term = Term { starts: date(2027, 2, 15), ends: Some(date(2028, 5, 31)) };
        let month = |text: &str| text.parse::<Month>().unwrap();
        let of = |per, text| {
            let period = Period::of(per, term, month(text));
            (period.first.to_string(), period.last.unwrap().to_string(), period.share_of(term).1)
        };
        let is = |first: &str, last: &str, share: &str| (first.to_owned(), last.to_owned(), share.to_owned());
        assert_eq!(of(Per::Month, "2027-02"), is("2027-02", "2027-02", "14 of 28 days"));
        assert_eq!(of(Per::Quarter, "2027-04"), is("2027-02", "2027-04", "75 of 89 days"));
        assert_eq!(of(Per::Quarter, "2027-05"), is("2027-05", "2027-07", "a full quarter"));
        assert_eq!(of(Per::Year, "2028-01"), is("2027-02", "2028-01", "351 of 365 days"));
        assert_eq!(of(Per::Year, "2028-02"), is("2028-02", "2028-05", "121 of 366 days"));
        assert_eq!(of(Per::Term, "2027-09"), is("2027-02", "2028-05", "the term"));
        let endless = Term { ends: None, ..term };
        assert_eq!(Period::of(Per::Term, endless, month("2099-09")).last, None);
    }
}
