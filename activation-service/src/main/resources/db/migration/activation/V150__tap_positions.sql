-- Rows and columns of a tap's patches in reading order, and heads of attention weights; 0 where there are none.
alter table model_tap
    add column grid_height integer not null default 0,
    add column grid_width  integer not null default 0,
    add column heads       integer not null default 0;
