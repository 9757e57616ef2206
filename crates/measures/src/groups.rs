//! Groups: small numbers in place of names and instants.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use longshore_units::Zone;

use crate::columns::Names;
use crate::dimension::Dimension;
use crate::grid::{Grid, NOWHERE};

/// What a group is told apart by, in the order of the dimensions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A name. None where rows do not say it.
    Name(Option<Arc<str>>),
    /// When a unit of time begins, in microseconds since 1970; [`i64::MIN`] where no calendar can show it.
    Time(i64),
}

/// In no group.
pub(crate) const NO_GROUP: u32 = u32::MAX;

/// Numbers are mixed by one multiplication: they are ours, and nobody can choose them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number as u64);
    }
}

type Mixed<K> = HashMap<K, u32, BuildHasherDefault<Mix>>;

/// The values of a dimension, numbered in the order in which they were met. The maps are looked into, never gone through.
#[derive(Clone, Debug)]
struct Codes {
    keys: Vec<Key>,
    names: HashMap<Arc<str>, u32>,
    nameless: Option<u32>,
    times: Mixed<i64>,
    grid: Option<Grid>,
    last: (i64, u32),
}

impl Codes {
    fn new(dimension: Dimension, zone: &Zone) -> Codes {
        let grid = match dimension {
            Dimension::Name(_) => None,
            Dimension::Time(unit) => Some(Grid::new(unit, zone.clone())),
        };
        Codes {
            keys: Vec::new(),
            names: HashMap::new(),
            nameless: None,
            times: Mixed::default(),
            grid,
            last: (i64::MAX, 0),
        }
    }

    fn of_name(&mut self, name: Option<&str>) -> u32 {
        let known = match name {
            Some(name) => self.names.get(name).copied(),
            None => self.nameless,
        };
        if let Some(code) = known {
            return code;
        }
        let code = self.keys.len() as u32;
        let name: Option<Arc<str>> = name.map(Arc::from);
        self.keys.push(Key::Name(name.clone()));
        match name {
            Some(name) => {
                self.names.insert(name, code);
            }
            None => self.nameless = Some(code),
        }
        code
    }

    #[inline]
    fn of_unit(&mut self, begins: i64) -> u32 {
        if self.last.0 == begins {
            return self.last.1;
        }
        let code = match self.times.get(&begins) {
            Some(code) => *code,
            None => {
                let code = self.keys.len() as u32;
                self.keys.push(Key::Time(begins));
                self.times.insert(begins, code);
                code
            }
        };
        self.last = (begins, code);
        code
    }

    fn of_key(&mut self, key: &Key) -> u32 {
        match key {
            Key::Name(name) => self.of_name(name.as_deref()),
            Key::Time(begins) => self.of_unit(*begins),
        }
    }
}

/// The groups of a grouping, numbered in the order in which they were met.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    codes: Vec<Codes>,
    /// For each dimension but the first: the group of those before it and its own code, as one number.
    pairs: Vec<Mixed<u64>>,
    /// The codes of each group, one group after the other.
    members: Vec<u32>,
    count: usize,
}

impl Groups {
    pub fn new(keys: &[Dimension], zone: &Zone) -> Groups {
        let codes: Vec<Codes> = keys.iter().map(|key| Codes::new(*key, zone)).collect();
        let pairs = keys.iter().skip(1).map(|_| Mixed::default()).collect();
        // Without dimensions all rows are one group, which is there even if there are none.
        let count = usize::from(keys.is_empty());
        Groups { codes, pairs, members: Vec::new(), count }
    }

    /// How many groups there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// What a group is told apart by.
    pub fn key(&self, group: usize) -> Vec<Key> {
        let width = self.codes.len();
        let members = &self.members[group * width..(group + 1) * width];
        members.iter().zip(&self.codes).map(|(code, codes)| codes.keys[*code as usize].clone()).collect()
    }

    /// The group of that key, new or known.
    pub fn of_key(&mut self, key: &[Key]) -> u32 {
        debug_assert_eq!(key.len(), self.codes.len());
        let codes: Vec<u32> = self.codes.iter_mut().zip(key).map(|(codes, key)| codes.of_key(key)).collect();
        self.of_codes(|position| codes[position])
    }

    /// The group of codes, new or known.
    #[inline]
    fn of_codes(&mut self, code: impl Fn(usize) -> u32) -> u32 {
        if self.codes.is_empty() {
            return 0;
        }
        let mut group = code(0);
        let mut is_new = self.pairs.is_empty() && group as usize == self.count;
        for (position, pairs) in self.pairs.iter_mut().enumerate() {
            let next = pairs.len() as u32;
            let pair = u64::from(group) << 32 | u64::from(code(position + 1));
            group = *pairs.entry(pair).or_insert(next);
            is_new = group == next;
        }
        if is_new {
            self.members.extend((0..self.codes.len()).map(code));
            self.count += 1;
        }
        group
    }

    /// The groups of rows, by their names and instants; [`NO_GROUP`] for rows that are not kept.
    pub fn of_rows(
        &mut self,
        names: &[Option<Names<'_>>],
        instants: &[i64],
        kept: impl Fn(usize) -> bool,
        groups: &mut Vec<u32>,
    ) {
        let rows = instants.len();
        groups.clear();
        groups.resize(rows, NO_GROUP);
        if self.codes.is_empty() {
            (0..rows).filter(|row| kept(*row)).for_each(|row| groups[row] = 0);
            return;
        }
        let mut columns: Vec<Vec<u32>> = Vec::with_capacity(self.codes.len());
        for (codes, names) in self.codes.iter_mut().zip(names) {
            let mut column = vec![NO_GROUP; rows];
            match (&mut codes.grid, names) {
                (Some(_), _) => {
                    for row in (0..rows).filter(|row| kept(*row)) {
                        let unit = match &mut codes.grid {
                            Some(grid) => grid.unit_of(instants[row]),
                            None => NOWHERE,
                        };
                        column[row] = codes.of_unit(unit);
                    }
                }
                (None, names) => {
                    // A name has its number once a row of it is kept. The last is that of rows without one.
                    let nameless = names.map_or(0, |names| names.len());
                    let mut known = vec![NO_GROUP; nameless + 1];
                    for row in (0..rows).filter(|row| kept(*row)) {
                        let named = names.and_then(|names| names.position(row).map(|position| (position, names)));
                        let known = &mut known[named.map_or(nameless, |(position, _)| position)];
                        if *known == NO_GROUP {
                            *known = codes.of_name(named.map(|(position, names)| names.name(position)));
                        }
                        column[row] = *known;
                    }
                }
            }
            columns.push(column);
        }
        // Rows of a group often follow each other.
        let mut last = (usize::MAX, NO_GROUP);
        for row in (0..rows).filter(|row| kept(*row)) {
            let same = last.0 != usize::MAX && columns.iter().all(|column| column[row] == column[last.0]);
            if !same {
                last = (row, self.of_codes(|position| columns[position][row]));
            }
            groups[row] = last.1;
        }
    }

    /// The groups that a span of a row meets, each with its part: cut wherever a unit of time ends.
    pub fn of_span(
        &mut self,
        names: &[Option<Names<'_>>],
        row: usize,
        (from, until): (i64, i64),
        mut meets: impl FnMut(u32, i64),
    ) {
        let mut at = from;
        while at < until {
            let mut next = until;
            let mut codes = [0; crate::Program::MOST_DIMENSIONS + 1];
            for ((position, codes_of), names) in self.codes.iter_mut().enumerate().zip(names) {
                codes[position] = match &mut codes_of.grid {
                    Some(grid) => {
                        let (unit, ends) = grid.stretch(at);
                        next = next.min(ends);
                        codes_of.of_unit(unit)
                    }
                    None => {
                        let position = names.and_then(|names| names.position(row).map(|position| names.name(position)));
                        codes_of.of_name(position)
                    }
                };
            }
            let next = next.max(at + 1);
            meets(self.of_codes(|position| codes[position]), next - at);
            at = next;
        }
    }
}
