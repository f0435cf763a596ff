use super::layers::Settings;
use crate::ledger::MAX_AMOUNT;

/// Coins by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoinRules {
    /// For a photo; 0 for none.
    pub photo: i64,
    /// For a video; 0 for none.
    pub video: i64,
}

impl CoinRules {
    pub(super) fn read(settings: &Settings, at: usize) -> Option<Self> {
        let coins = |name| {
            settings.read(name, at, |text| {
                text.trim()
                    .parse()
                    .ok()
                    .filter(|coins| (0..=MAX_AMOUNT).contains(coins))
                    .ok_or_else(|| {
                        format!("\"{text}\" is no number of coins from 0 to {MAX_AMOUNT}")
                    })
            })
        };
        let (photo, video) = (coins("photo_coins"), coins("video_coins"));
        Some(Self {
            photo: photo?,
            video: video?,
        })
    }
}
