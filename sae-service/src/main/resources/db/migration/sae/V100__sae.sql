-- An SAE: its id is its job's. The weights are a file in the store.
create table sae (
    id                text primary key references job (id),
    shard_set         text             not null,
    -- the SaeConfig as JSON, width resolved
    config            text             not null,
    k                 integer          not null,
    input_width       integer          not null,
    latents           integer          not null,
    weights           text,
    kernel            text,
    threads           integer,
    code_revision     text,
    -- time in training steps up to the last checkpoint, over all attempts
    training_seconds  double precision not null default 0
);

create table curve_point (
    sae_id         text             not null references sae (id) on delete cascade,
    step           integer          not null,
    loss           double precision not null,
    fvu            double precision not null,
    l0             double precision not null,
    dead_fraction  double precision not null,
    learning_rate  double precision not null,
    primary key (sae_id, step)
);
