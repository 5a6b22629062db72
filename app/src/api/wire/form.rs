//! The two forms that the server understands.

use axum::http::StatusCode;
use bytes::Bytes;
use leptos::{
    prelude::use_context,
    server_fn::{
        ContentType,
        codec::PostcardEncoding,
        error::{IntoAppError, ServerFnErrorErr},
        response::TryRes,
    },
};
use leptos_axum::ResponseOptions;
use serde::{Serialize, de::DeserializeOwned};

use super::{decode, encode};
use crate::api::ApiError;

const JSON: &str = "application/json";

/// How a call was written, and so its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Postcard,
    Json,
}

impl Form {
    pub(super) fn of(content_type: Option<&str>) -> Self {
        match content_type {
            Some(kind) if kind.starts_with(JSON) => Self::Json,
            _ => Self::Postcard,
        }
    }

    pub(super) fn read<T: DeserializeOwned>(self, body: Bytes) -> Result<T, ApiError> {
        let read = match self {
            Self::Postcard => decode(body),
            Self::Json => serde_json::from_slice(&body)
                .map_err(|_| ServerFnErrorErr::Deserialization(String::new()).into_app_error()),
        };
        if let (Err(_), Some(response)) = (&read, use_context::<ResponseOptions>()) {
            response.set_status(StatusCode::BAD_REQUEST);
        }
        read
    }

    /// An error in Postcard is written by Leptos; in JSON it is an answer whose status, set where
    /// the error arose, says what it is.
    pub(super) fn write<T: Serialize, R: TryRes<ApiError>>(
        self,
        done: Result<T, ApiError>,
    ) -> Result<R, ApiError> {
        match self {
            Self::Postcard => R::try_from_bytes(PostcardEncoding::CONTENT_TYPE, encode(&done?)?),
            Self::Json => R::try_from_string(JSON, as_json(&done)?),
        }
    }
}

fn as_json<T: Serialize>(done: &Result<T, ApiError>) -> Result<String, ApiError> {
    let written = match done {
        Ok(answer) => serde_json::to_string(answer),
        Err(error) => serde_json::to_string(error),
    };
    written.map_err(|_| ServerFnErrorErr::Serialization(String::new()).into_app_error())
}

#[cfg(test)]
mod tests {
    use axum::response::Response;

    use super::*;
    use crate::api::{Remedy, Session};

    fn session() -> Session {
        Session {
            token: "42.9.ab".to_owned(),
            expires_at: 9,
        }
    }

    #[test]
    fn a_call_is_read_in_the_form_it_was_written() {
        assert_eq!(
            Form::of(Some("application/json; charset=utf-8")),
            Form::Json
        );
        assert_eq!(Form::of(Some("application/x-postcard")), Form::Postcard);
        assert_eq!(Form::of(None), Form::Postcard);
        let json = Bytes::from_static(br#"{"token":"42.9.ab","expires_at":9}"#);
        assert_eq!(Form::Json.read(json), Ok(session()));
        assert_eq!(
            Form::Postcard.read(encode(&session()).unwrap()),
            Ok(session())
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for form in [Form::Json, Form::Postcard] {
            let read: Result<Session, _> = form.read(Bytes::from_static(b"\xff\xff\xff"));
            assert_eq!(read.unwrap_err().remedy, Remedy::Reload, "{form:?}");
        }
    }

    #[test]
    fn an_answer_has_the_form_of_its_call() {
        for (form, kind) in [
            (Form::Json, JSON),
            (Form::Postcard, "application/x-postcard"),
        ] {
            let answer: Response = form.write(Ok(session())).unwrap();
            assert_eq!(answer.headers()["content-type"], kind);
        }
        let error = ApiError::new("sold_out", "gone", Remedy::Reload);
        let told: Result<Response, _> = Form::Json.write(Err::<Session, _>(error.clone()));
        assert!(told.is_ok());
        let told: Result<Response, _> = Form::Postcard.write(Err::<Session, _>(error.clone()));
        assert_eq!(told.unwrap_err(), error);
    }
}
