-- Adds to the target what the source has and it has not.
ALTER TABLE ${target}
${added: ADD COLUMN IF NOT EXISTS `$column` $type; ,}
