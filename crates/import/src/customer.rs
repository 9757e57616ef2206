//! Customers without their numbers.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key under which customers are hashed. Who has it could try all telephone numbers, so it never enters a lake.
#[derive(Clone)]
pub struct CustomerKey(Hmac<Sha256>);

/// A key that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key has {length} bytes; a key that cannot be tried out has 16 or more")]
pub struct KeyError {
    /// How many bytes it has, white space at its end not counted.
    pub length: usize,
}

impl CustomerKey {
    /// The key in a file's bytes; white space at their end is not part of it.
    ///
    /// # Errors
    /// If fewer than 16 bytes are left.
    pub fn new(bytes: &[u8]) -> Result<CustomerKey, KeyError> {
        let key = bytes.trim_ascii_end();
        if key.len() < 16 {
            return Err(KeyError { length: key.len() });
        }
        Ok(CustomerKey(Hmac::new_from_slice(key).expect("a key of any length will do")))
    }

    /// The customer behind a number or address: the first 128 bits of HMAC-SHA256, in hexadecimal digits.
    ///
    /// Numbers are hashed without the spaces, dots, dashes and brackets that people and systems put into them, so that
    /// `+1 (555) 010-0001` and `+15550100001` are one customer; addresses without regard to case.
    pub fn customer(&self, raw: &str) -> String {
        let is_number = raw.chars().all(|c| c.is_ascii_digit() || " .-()/+".contains(c));
        let plain: String = match is_number {
            true => raw.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            false => raw.trim().to_lowercase(),
        };
        let digest = self.0.clone().chain_update(plain.as_bytes()).finalize().into_bytes();
        let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is a digit");
        digest[..16].iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }
}

/// Shows no part of the key.
impl std::fmt::Debug for CustomerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_the_same_however_the_number_is_written_and_another_under_another_key() {
        let key = CustomerKey::new(b"sixteen bytes or more\n").unwrap();
        assert_eq!(key.customer("+1 (555) 010-0001"), key.customer("+15550100001"));
        assert_eq!(key.customer("Ann@Example.com "), key.customer("ann@example.com"));
        assert_ne!(key.customer("+15550100001"), key.customer("+15550100002"));
        let other = CustomerKey::new(b"another sixteen bytes").unwrap();
        assert_ne!(key.customer("+15550100001"), other.customer("+15550100001"));
        assert_eq!(key.customer("").len(), 32);
    }

    #[test]
    fn short_keys_are_refused() {
        assert_eq!(CustomerKey::new(b"secret\n").unwrap_err(), KeyError { length: 6 });
    }
}
