//! What stands behind `startapp=` in a link to the shop.

use shop::domain::ProductCode;

/// The product that a start parameter points at: `p_<code>`.
pub(super) fn product(start_param: &str) -> Option<ProductCode> {
    start_param.strip_prefix("p_")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn a_product_is_named_by_its_code() {
        assert_eq!(product("p_night-sky_2").unwrap().as_str(), "night-sky_2");
    }

    #[test]
    fn everything_else_is_no_product() {
        let long = format!("p_{}", "a".repeat(49));
        for text in [
            "",
            "p_",
            "p",
            "night-sky",
            "P_night",
            "p_a/b",
            "p_a b",
            "p_ж",
            &long,
        ] {
            assert_eq!(product(text), None, "{text}");
        }
    }
}
