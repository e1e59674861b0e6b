#![no_main]

termdeck_fuzz::reads_as!(None);
