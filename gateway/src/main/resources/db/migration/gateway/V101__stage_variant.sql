-- Which dictionary of its layer a stage works on; the control was part of the kind before.
alter table stage add column variant text;
-- Step of the training, for the stages of a checkpoint.
alter table stage add column step integer;

update stage set variant = 'UNTRAINED', kind = replace(kind, '_UNTRAINED', '')
 where kind in ('TRAIN_UNTRAINED', 'ENCODE_UNTRAINED', 'SCORE_UNTRAINED');
update stage set variant = 'TRAINED'
 where variant is null and kind in ('TRAIN', 'ENCODE', 'SCORE');
