//! What contacts came to, as sets.

use longshore_contacts::Outcome;

/// What a row came to: an outcome's position among [`Outcome::ALL`], or [`OPEN`].
pub(crate) type Class = u8;

/// The class of a row that has come to nothing yet.
pub(crate) const OPEN: Class = Outcome::ALL.len() as Class;

/// How many classes there are.
pub(crate) const CLASSES: usize = Outcome::ALL.len() + 1;

/// Some classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClassSet(u16);

impl ClassSet {
    pub const ALL: ClassSet = ClassSet((1 << CLASSES) - 1);
    pub const OPEN: ClassSet = ClassSet(1 << OPEN);
    pub const ANSWERED: ClassSet = ClassSet::of(&[Outcome::Answered]);
    pub const ABANDONED: ClassSet = ClassSet::of(&[Outcome::Abandoned]);
    pub const TIMED_OUT: ClassSet = ClassSet::of(&[Outcome::TimedOut]);
    pub const CALLED_BACK: ClassSet = ClassSet::of(&[Outcome::CallbackDone]);
    pub const BLOCKED: ClassSet = ClassSet::of(&[Outcome::BlockedFull, Outcome::BlockedClosed, Outcome::BlockedEmpty]);
    /// Those that came into a queue and left it, however. What a machine served never asked for a person, and of
    /// unknown endings nobody can say what they were.
    pub const QUEUED: ClassSet = ClassSet::of(&[
        Outcome::Answered,
        Outcome::Abandoned,
        Outcome::TimedOut,
        Outcome::ExitKey,
        Outcome::LeftEmpty,
        Outcome::FlowOut,
        Outcome::CallbackOffered,
        Outcome::CallbackDone,
        Outcome::Voicemail,
    ]);
    /// Those that came into a queue, and those turned away from one.
    pub const ATTEMPTS: ClassSet = ClassSet::QUEUED.or(ClassSet::BLOCKED);

    pub const fn of(outcomes: &[Outcome]) -> ClassSet {
        let (mut bits, mut position) = (0, 0);
        while position < outcomes.len() {
            bits |= 1 << outcomes[position] as u16;
            position += 1;
        }
        ClassSet(bits)
    }

    pub const fn or(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 | other.0)
    }

    pub const fn and(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 & other.0)
    }

    pub const fn without(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 & !other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub const fn has(self, class: Class) -> bool {
        self.0 >> class & 1 == 1
    }

    pub fn classes(self) -> impl Iterator<Item = Class> {
        (0..CLASSES as Class).filter(move |class| self.has(*class))
    }
}
