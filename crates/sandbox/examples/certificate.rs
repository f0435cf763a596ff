//! Makes a certificate and its RSA key for one run of tests.
//!
//! `certificate FOLDER NAME [HOST…]` writes `FOLDER/NAME.pem` and `FOLDER/NAME-key.pem`; the hosts
//! are the names or addresses a server would show it for.

use std::{env, error::Error, fs, path::PathBuf};

use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(folder), Some(name)) = (arguments.next(), arguments.next()) else {
        return Err("usage: certificate FOLDER NAME [HOST…]".into());
    };
    let folder = PathBuf::from(folder);
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
    let params = CertificateParams::new(arguments.collect::<Vec<_>>())?;
    let certificate = params.self_signed(&key)?;
    fs::write(folder.join(format!("{name}.pem")), certificate.pem())?;
    fs::write(folder.join(format!("{name}-key.pem")), key.serialize_pem())?;
    Ok(())
}
