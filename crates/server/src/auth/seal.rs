//! Sealing of users' tokens at rest: AES-256-GCM with a key derived from the server's own.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use super::secret::Secret;

/// Seals texts, and signs short-lived form tokens, with keys derived from one server secret.
pub struct Sealer {
    sealing: RandomizedNonceKey,
    signing: hmac::Key,
}

/// The key material could not be used, or a sealed text is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored secret cannot be opened; was ELOOPS_SECRET_KEY or the client secret changed?")]
pub struct SealError;

impl Sealer {
    /// Derives the keys (HKDF, RFC 5869). The server secret should hold at least 32 random bytes;
    /// every server on one database needs the same.
    ///
    /// # Errors
    /// When the derivation fails, which no input is known to cause.
    pub fn new(server_secret: &Secret) -> Result<Self, SealError> {
        let salt = Salt::new(HKDF_SHA256, b"eloops for talent");
        let root = salt.extract(server_secret.expose().as_bytes());
        let derive = |purpose: &'static [u8]| -> Result<[u8; 32], SealError> {
            let mut key = [0_u8; 32];
            root.expand(&[purpose], HKDF_SHA256)
                .and_then(|okm| okm.fill(&mut key))
                .map_err(|_| SealError)?;
            Ok(key)
        };
        Ok(Self {
            sealing: RandomizedNonceKey::new(&AES_256_GCM, &derive(b"tokens at rest")?)
                .map_err(|_| SealError)?,
            signing: hmac::Key::new(hmac::HMAC_SHA256, &derive(b"form tokens")?),
        })
    }

    /// Seals a text for `purpose`; only [`Self::open`] with the same purpose gives it back.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal(&self, text: &str, purpose: &str) -> Result<String, SealError> {
        let mut data = text.as_bytes().to_vec();
        let nonce = self
            .sealing
            .seal_in_place_append_tag(Aad::from(purpose.as_bytes()), &mut data)
            .map_err(|_| SealError)?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut data);
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens what [`Self::seal`] made.
    ///
    /// # Errors
    /// When it was changed, sealed for another purpose, or with another key.
    pub fn open(&self, sealed: &str, purpose: &str) -> Result<String, SealError> {
        let mut bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| SealError)?;
        let (nonce, data) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(SealError)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError)?;
        let text = self
            .sealing
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), data)
            .map_err(|_| SealError)?;
        String::from_utf8(text.to_vec()).map_err(|_| SealError)
    }

    /// The form token of a browser's sign-in cookie, against cross-site posts.
    #[must_use]
    pub fn form_token(&self, cookie: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.signing, cookie.as_bytes()))
    }

    /// Whether `token` is the form token of `cookie`.
    #[must_use]
    pub fn form_token_fits(&self, cookie: &str, token: &str) -> bool {
        self.form_token(cookie)
            .as_bytes()
            .ct_eq(token.as_bytes())
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(secret: &str) -> Sealer {
        Sealer::new(&Secret::new(secret)).unwrap()
    }

    #[test]
    fn a_sealed_text_comes_back_only_for_its_purpose_and_key() {
        let ours = sealer("one");
        let sealed = ours.seal("refresh token", "session").unwrap();
        assert!(!sealed.contains("refresh"));
        assert_eq!(ours.open(&sealed, "session").unwrap(), "refresh token");
        assert_eq!(ours.open(&sealed, "pairing"), Err(SealError));
        assert_eq!(sealer("two").open(&sealed, "session"), Err(SealError));
        assert_ne!(
            ours.seal("refresh token", "session").unwrap(),
            sealed,
            "a new nonce each time"
        );
    }

    #[test]
    fn a_changed_or_cut_seal_is_refused() {
        let ours = sealer("one");
        let sealed = ours.seal("x", "p").unwrap();
        for broken in ["", "AAAA", &sealed[..sealed.len() - 2], "not base64!"] {
            assert_eq!(ours.open(broken, "p"), Err(SealError), "{broken:?}");
        }
    }

    #[test]
    fn a_form_token_belongs_to_one_cookie() {
        let ours = sealer("one");
        assert!(ours.form_token_fits("a", &ours.form_token("a")));
        assert!(!ours.form_token_fits("b", &ours.form_token("a")));
        assert!(!ours.form_token_fits("a", ""));
    }
}
