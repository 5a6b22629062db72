//! Server functions: what islands ask of the shop. They translate, they never decide.
//!
//! All are `POST /api/app/<name>` in Postcard ([`Wire`]). The page's language comes as
//! `Accept-Language`, the session as `Authorization: Bearer`; the wire adds both.

#[allow(
    unreachable_pub,
    reason = "the server macro makes its argument types public"
)]
mod buying;
mod error;
#[allow(
    unreachable_pub,
    reason = "the server macro makes its argument types public"
)]
mod front;
#[allow(
    unreachable_pub,
    reason = "the server macro makes its argument types public"
)]
mod goods;
#[allow(
    unreachable_pub,
    reason = "the server macro makes its argument types public"
)]
mod renewal;
mod types;
mod wire;

#[cfg(feature = "ssr")]
pub(crate) mod caller;
#[cfg(feature = "ssr")]
mod invoice;
#[cfg(feature = "ssr")]
mod launch;
#[cfg(feature = "ssr")]
mod router;

#[cfg(feature = "ssr")]
pub use self::router::router;
pub use self::{
    buying::{get_order, open_order},
    error::{ApiError, Remedy},
    front::{choose_language, note_write_access, search_products, start_session},
    goods::{list_library, open_download, send_again},
    renewal::change_renewal,
    types::{Download, Fragment, OpenedOrder, OrderView, RenewalView, Session, Stage},
    wire::Wire,
};
