-- Activations of several tokens, and in smaller types.
alter table extraction_target
    add column sample_order       text,
    add column sample_count       integer,
    add column sample_seed        bigint,
    add column tokens_per_example integer not null default 1,
    add column stored_type        text    not null default 'F32';
