//! The structs of the boundary as C sees them, told by the macro that also makes the Rust types: so that the C header
//! cannot say something else.

use std::ffi::c_void;

/// A struct of the boundary as C sees it.
pub struct Struct {
    /// Its name in C.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its size in bytes.
    pub size: usize,
    /// In their order.
    pub fields: Vec<Field>,
}

/// A field of such a struct.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its declaration in C, without the semicolon.
    pub declaration: String,
    /// Bytes before it.
    pub offset: usize,
    /// Its size in bytes.
    pub size: usize,
}

/// A type that C has too.
pub(crate) trait InC {
    /// The declaration of something of this type.
    fn declare(name: &str) -> String;
}

macro_rules! c_scalars {
    ($($Rust:ty = $c:literal),+) => {
        $(impl InC for $Rust {
            fn declare(name: &str) -> String {
                format!("{} {name}", $c)
            }
        })+
    };
}

c_scalars!(u8 = "uint8_t", u32 = "uint32_t", i32 = "int32_t", usize = "size_t", c_void = "void");

impl<T: InC> InC for *const T {
    fn declare(name: &str) -> String {
        format!("const {}", T::declare(&format!("*{name}")))
    }
}

impl<T: InC> InC for *mut T {
    fn declare(name: &str) -> String {
        T::declare(&format!("*{name}"))
    }
}

/// Declares the structs of the boundary once, for both languages: as Rust types, and as what the C header says of them.
macro_rules! c_structs {
    ($(
        $(#[doc = $doc:literal])+
        $Rust:ident as $c:ident {
            $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)+
        } functions {
            $($(#[doc = $call_doc:literal])+ $call:ident($($arg:ident: $arg_type:ty),+) $(-> $result:ty)?,)*
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[repr(C)]
            #[derive(Debug, Clone, Copy)]
            pub struct $Rust {
                $($(#[doc = $field_doc])+ pub $field: $type,)+
                $($(#[doc = $call_doc])+ pub $call: Option<unsafe extern "C" fn($($arg: $arg_type),+) $(-> $result)?>,)*
            }

            impl $crate::boundary::in_c::InC for $Rust {
                fn declare(name: &str) -> String {
                    format!("{} {name}", stringify!($c))
                }
            }
        )+

        /// The same structs for the C header, in an order in which C can read them.
        pub(crate) fn in_c() -> Vec<$crate::boundary::in_c::Struct> {
            use $crate::boundary::in_c::{Field, InC, Struct};
            vec![$(Struct {
                name: stringify!($c),
                doc: concat!($($doc, "\n"),+),
                size: size_of::<$Rust>(),
                fields: vec![
                    $(Field {
                        name: stringify!($field),
                        doc: concat!($($field_doc, "\n"),+),
                        declaration: <$type>::declare(stringify!($field)),
                        offset: std::mem::offset_of!($Rust, $field),
                        size: size_of::<$type>(),
                    },)+
                    $(Field {
                        name: stringify!($call),
                        doc: concat!($($call_doc, "\n"),+),
                        declaration: {
                            let arguments = [$(<$arg_type>::declare(stringify!($arg))),+].join(", ");
                            let call = format!("(*{})({arguments})", stringify!($call));
                            <$crate::boundary::in_c::c_result!($($result)?)>::declare(&call)
                        },
                        offset: std::mem::offset_of!($Rust, $call),
                        size: size_of::<Option<unsafe extern "C" fn($($arg_type),+) $(-> $result)?>>(),
                    },)*
                ],
            }),+]
        }
    };
}

/// What a function gives back where it says nothing of it.
macro_rules! c_result {
    () => {
        c_void
    };
    ($type:ty) => {
        $type
    };
}

pub(super) use {c_result, c_structs};
