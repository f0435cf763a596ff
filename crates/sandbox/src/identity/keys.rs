//! The signing keys and their rotation.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    rsa::{KeySize, PublicKeyComponents},
    signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// No key could be made.
#[derive(Debug, thiserror::Error)]
#[error("the machine could not make a signing key")]
pub struct NoKey;

/// One RS256 key.
#[derive(Debug)]
pub(crate) struct Key {
    /// `kid`, and `x5t` of tokens in the v1 shape.
    pub(crate) id: String,
    /// Modulus and exponent, big-endian.
    pub(crate) modulus: Vec<u8>,
    pub(crate) exponent: Vec<u8>,
    pair: RsaKeyPair,
}

impl Key {
    fn generate() -> Result<Self, NoKey> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| NoKey)?;
        let public = pair.public_key();
        let modulus = public.modulus().big_endian_without_leading_zero().to_vec();
        let exponent = public.exponent().big_endian_without_leading_zero().to_vec();
        // Twenty bytes, as long as the SHA-1 thumbprints Entra uses.
        let id = URL_SAFE_NO_PAD.encode(&digest(&SHA256, &modulus).as_ref()[..20]);
        Ok(Self {
            id,
            modulus,
            exponent,
            pair,
        })
    }

    /// The RS256 signature of `message`.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, NoKey> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| NoKey)?;
        Ok(signature)
    }

    /// Whether this key made that RS256 signature.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let public = PublicKeyComponents {
            n: &self.modulus,
            e: &self.exponent,
        };
        public
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .is_ok()
    }
}

/// The keys in use; the first one signs.
#[derive(Debug)]
pub(crate) struct Keys(RwLock<Vec<Arc<Key>>>);

impl Keys {
    /// One new key.
    pub(crate) fn generate() -> Result<Self, NoKey> {
        Ok(Self(RwLock::new(vec![Arc::new(Key::generate()?)])))
    }

    /// The published keys, the signing one first.
    pub(crate) fn all(&self) -> Vec<Arc<Key>> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The key that signs.
    pub(crate) fn signing(&self) -> Result<Arc<Key>, NoKey> {
        self.all().first().cloned().ok_or(NoKey)
    }

    /// By `kid`.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Key>> {
        self.all().into_iter().find(|key| key.id == id)
    }

    /// A new key signs from now on. The old ones stay published, unless `remove_old`: then their
    /// tokens are void, as after a leak.
    pub(crate) fn rotate(&self, remove_old: bool) -> Result<Arc<Key>, NoKey> {
        let key = Arc::new(Key::generate()?);
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if remove_old {
            keys.clear();
        }
        keys.insert(0, key.clone());
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_keeps_the_old_key_unless_told_otherwise() {
        let keys = Keys::generate().unwrap();
        let first = keys.signing().unwrap();
        let signature = first.sign(b"text").unwrap();
        assert!(first.verifies(b"text", &signature) && !first.verifies(b"test", &signature));
        let second = keys.rotate(false).unwrap();
        assert_eq!(keys.signing().unwrap().id, second.id);
        assert!(keys.get(&first.id).is_some());
        keys.rotate(true).unwrap();
        assert!(keys.get(&first.id).is_none() && keys.get(&second.id).is_none());
    }
}
