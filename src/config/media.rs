//! Where pictures and files are kept: a folder, or a bucket with its variables.

use std::path::{Path, PathBuf};

/// Where pictures and files are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaSetting {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// In a bucket, under a prefix that may be empty.
    Bucket {
        /// The bucket.
        bucket: String,
        /// What every name in it begins with.
        prefix: String,
    },
}

impl MediaSetting {
    /// Reads the setting and, for a bucket, looks at the variables beside it; says everything that is wrong.
    /// No value of a variable is ever repeated.
    pub(super) fn parse(
        given: Option<&str>,
        data_dir: &Path,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<String>> {
        let Some(given) = given.filter(|given| !given.is_empty()) else {
            return Ok(Self::Folder(data_dir.join("media")));
        };
        let bucket = given.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
        let is_name = |name: &str| {
            (3..=63).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
        };
        let Some((bucket, prefix)) = bucket.filter(|(bucket, _)| is_name(bucket)) else {
            return Err(vec!["ONRECORD_MEDIA: is not like s3://BUCKET or s3://BUCKET/PREFIX".to_owned()]);
        };
        let mut mistakes = Vec::new();
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        for (one, other) in
            [("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")]
        {
            if is_set(one) && !is_set(other) {
                mistakes.push(format!("{other}: is needed beside {one}"));
            }
        }
        let endpoint = variable("AWS_ENDPOINT_URL").or_else(|| variable("AWS_ENDPOINT")).unwrap_or_default();
        let allows_http = variable("AWS_ALLOW_HTTP").is_some_and(|value| value == "true");
        if endpoint.starts_with("http://") && !allows_http {
            mistakes.push(
                "AWS_ENDPOINT_URL: is not https, so pictures and files would travel in the open. Use https, or say \
                 AWS_ALLOW_HTTP=true"
                    .to_owned(),
            );
        } else if !endpoint.is_empty() && !endpoint.starts_with("http") {
            mistakes.push("AWS_ENDPOINT_URL: does not begin with https://".to_owned());
        }
        if mistakes.is_empty() {
            Ok(Self::Bucket { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
        } else {
            Err(mistakes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(given: &str, variables: &[(&str, &str)]) -> Result<MediaSetting, Vec<String>> {
        let of =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        MediaSetting::parse(Some(given), "/data".as_ref(), of)
    }

    #[test]
    fn pictures_are_in_the_data_folder_or_in_a_bucket() {
        assert_eq!(media("", &[]), Ok(MediaSetting::Folder("/data/media".into())));
        let bucket = MediaSetting::Bucket { bucket: "records".into(), prefix: "on/record".into() };
        assert_eq!(media("s3://records/on/record/", &[]), Ok(bucket));
        for wrong in ["records", "s3://", "s3://A b/c", "https://bucket"] {
            assert!(media(wrong, &[]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_bucket_is_said_without_its_secrets() {
        let variables = [("AWS_SECRET_ACCESS_KEY", "hunter2"), ("AWS_ENDPOINT_URL", "http://s3.example.org")];
        let mistakes = media("s3://records", &variables).unwrap_err();
        assert_eq!(mistakes.len(), 2, "{mistakes:?}");
        assert!(mistakes[0].starts_with("AWS_ACCESS_KEY_ID") && !mistakes.concat().contains("hunter2"));
        let local = [("AWS_ENDPOINT_URL", "http://127.0.0.1:9000"), ("AWS_ALLOW_HTTP", "true")];
        assert!(media("s3://records", &local).is_ok());
    }
}
