#![no_main]

use termdeck::import::Format;

termdeck_fuzz::reads_as!(Some(Format::Article));
