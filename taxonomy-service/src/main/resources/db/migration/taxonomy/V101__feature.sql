-- The classes of a scoring (the distinct synsets of its labels), numbered by ascending wnid.
create table scoring_class (
    scoring_id  text    not null references scoring (id) on delete cascade,
    position    integer not null,
    wnid        text    not null,
    n_images    integer not null,
    primary key (scoring_id, position)
);

-- The scores of one latent, written all at once when a scoring succeeds.
create table feature (
    scoring_id          text             not null references scoring (id) on delete cascade,
    latent              integer          not null,
    eligible            boolean          not null,
    n_active            integer          not null,
    max_activation      real             not null,
    lch                 text,
    lch_height          integer,
    lch_classes         integer,
    robust_lch          text,
    robust_lch_height   integer,
    robust_lch_classes  integer,
    best                text,
    best_height         integer,
    best_classes        integer,
    best_precision      double precision,
    best_recall         double precision,
    best_f1             double precision,
    best_lift           double precision,
    class_entropy       double precision,
    -- The strongest examples: their rows in the dataset, values, and labels (numbered in ascending order of all labels).
    top_examples        integer[]        not null,
    top_values          real[]           not null,
    top_labels          integer[]        not null,
    -- Classes that activate the latent: position in scoring_class, examples, sum of values.
    classes             integer[]        not null,
    class_counts        integer[]        not null,
    class_masses        double precision[] not null,
    primary key (scoring_id, latent)
);
create index feature_best on feature (scoring_id, best);
