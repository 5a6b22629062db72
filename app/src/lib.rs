//! What people see: pages, islands, interface kit, Telegram bridge, server functions.
