//! The words that columns of a fixed vocabulary hold.

use std::fmt;
use std::str::FromStr;

/// A text that is none of the words a column may hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no {what}; the words are {}", words.join(", "))]
pub struct WordError {
    /// The text.
    pub found: String,
    /// What it should have been, such as `outcome`.
    pub what: &'static str,
    /// Every word there is.
    pub words: &'static [&'static str],
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident is $what:literal { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every one, in the order of their definition.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Every word, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word records write.
            pub const fn as_str(self) -> &'static str {
                $name::WORDS[self as usize]
            }
        }

        impl FromStr for $name {
            type Err = WordError;

            fn from_str(text: &str) -> Result<$name, WordError> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err(WordError { found: text.to_owned(), what: $what, words: $name::WORDS }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    /// What a contact, or one leg of it, came to. A contact that still runs has none yet.
    Outcome is "outcome" {
        /// An agent took it.
        Answered = "answered",
        /// The customer left while waiting.
        Abandoned = "abandoned",
        /// The queue gave up after its longest wait.
        TimedOut = "timed_out",
        /// The customer pressed a key to leave the queue.
        ExitKey = "exit_key",
        /// The queue let go of it because no agent was left on duty.
        LeftEmpty = "left_empty",
        /// Refused: the queue was full.
        BlockedFull = "blocked_full",
        /// Refused: outside opening hours.
        BlockedClosed = "blocked_closed",
        /// Refused: no agent on duty.
        BlockedEmpty = "blocked_empty",
        /// Sent on to another queue or provider without an answer here.
        FlowOut = "flow_out",
        /// The customer took the offer to be called back.
        CallbackOffered = "callback_offered",
        /// The promised call back took place.
        CallbackDone = "callback_done",
        /// Served by a machine.
        Contained = "contained",
        /// The customer left a message.
        Voicemail = "voicemail",
        /// It ended; how, the source does not say.
        Unknown = "unknown",
    }
}

words! {
    /// What an agent does between two instants.
    AgentState is "agent state" {
        /// Ready, and waiting for a contact.
        Available = "available",
        /// A contact rings at the agent.
        Ringing = "ringing",
        /// Talking, or writing.
        Talking = "talking",
        /// The customer is on hold.
        Holding = "holding",
        /// After-contact work.
        Wrapping = "wrapping",
        /// Pause.
        Break = "break",
        /// Training or coaching.
        Training = "training",
        /// Meeting.
        Meeting = "meeting",
        /// The tools do not work.
        System = "system",
        /// Logged out.
        Offline = "offline",
    }
}

impl AgentState {
    /// Logged in: every state but offline.
    pub const fn is_logged_in(self) -> bool {
        !matches!(self, AgentState::Offline)
    }

    /// Productive: available, ringing, talking, holding or wrapping.
    pub const fn is_productive(self) -> bool {
        use AgentState::{Available, Holding, Ringing, Talking, Wrapping};
        matches!(self, Available | Ringing | Talking | Holding | Wrapping)
    }
}

words! {
    /// The medium of a contact.
    Channel is "channel" {
        /// Telephone.
        Voice = "voice",
        /// Live chat, web messaging.
        Chat = "chat",
        /// Email, and tickets answered like it.
        Email = "email",
        /// Social networks.
        Social = "social",
        /// Text messages.
        Text = "text",
    }
}

words! {
    /// Who reached out to whom.
    Direction is "direction" {
        /// The customer did.
        Inbound = "inbound",
        /// The agent did.
        Outbound = "outbound",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.as_str().parse(), Ok(*outcome));
        }
        for state in AgentState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
            assert!(state.is_logged_in() || !state.is_productive());
        }
        for (channel, direction) in Channel::ALL.iter().zip(Direction::ALL) {
            assert_eq!(channel.as_str().parse(), Ok(*channel));
            assert_eq!(direction.as_str().parse(), Ok(*direction));
        }
    }

    #[test]
    fn another_word_is_refused_with_those_there_are() {
        let error = "phone".parse::<Channel>().unwrap_err();
        assert_eq!(error.to_string(), "`phone` is no channel; the words are voice, chat, email, social, text");
    }
}
