//! A contract in plain words.
/// todo
pub fn explain(_: &crate::Contract) -> String {
    String::new()
}
