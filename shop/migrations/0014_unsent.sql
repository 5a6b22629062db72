-- A buyer's entitlements are few: those that were never sent are found among them.
DROP INDEX entitlement_unsent;
