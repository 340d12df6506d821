-- How the latents of one scoring relate to each other. The scoring may be deleted later: what it says here stays.
create table relation (
    id          text primary key references job (id),
    scoring     text   not null,
    embeddings  text,
    config      jsonb  not null,
    -- The layer's numbers; null until the job has succeeded.
    report      jsonb,
    version     bigint not null
);

-- Rows are written all at once when an analysis succeeds. The view is what the API answers; the other columns are what
-- lists are filtered and ordered by.
create table relation_pair (
    relation_id         text             not null references relation (id) on delete cascade,
    parent              integer          not null,
    child               integer          not null,
    is_direct           boolean          not null,
    synset              text             not null,
    n_both              integer          not null,
    parent_given_child  double precision not null,
    child_given_parent  double precision not null,
    lift                double precision not null,
    cosine              double precision,
    view                jsonb            not null,
    primary key (relation_id, parent, child)
);
create index relation_pair_child on relation_pair (relation_id, child);

create table relation_synset (
    relation_id          text             not null references relation (id) on delete cascade,
    synset               text             not null collate "C",
    height               integer          not null,
    n_positives          integer          not null,
    match                double precision,
    full_absorption      double precision,
    absorption_fraction  double precision,
    gap                  double precision,
    view                 jsonb            not null,
    primary key (relation_id, synset)
);

create table relation_latent (
    relation_id        text             not null references relation (id) on delete cascade,
    latent             integer          not null,
    synset             text,
    mono_semanticity   double precision,
    hierarchical_f1    double precision,
    severity           double precision,
    gap                double precision,
    or_jaccard         double precision,
    prototypes         double precision,
    view               jsonb            not null,
    primary key (relation_id, latent)
);
create index relation_latent_synset on relation_latent (relation_id, synset);

-- Whether the latents of one scoring are found again in another.
create table comparison (
    id             text primary key references job (id),
    kind           text   not null check (kind in ('SEEDS', 'LAYERS')),
    first_scoring  text   not null,
    second_scoring text   not null,
    config         jsonb  not null,
    report         jsonb,
    version        bigint not null
);

create table comparison_match (
    comparison_id  text             not null references comparison (id) on delete cascade,
    first          integer          not null,
    second         integer          not null,
    similarity     double precision not null,
    relation       text,
    lin            double precision,
    first_synset   text,
    second_synset  text,
    view           jsonb            not null,
    primary key (comparison_id, first)
);
create index comparison_match_second on comparison_match (comparison_id, second);
