-- Steps taken, when early stopping ended a training before its last one.
alter table sae add column stopped_at integer;

-- FVU of the held-out examples when it was measured last.
alter table curve_point add column validation_fvu double precision;
