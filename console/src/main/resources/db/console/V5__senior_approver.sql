-- A CHECK can't be widened in place; nothing refers to this table.
CREATE TABLE person_role_now (
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN
    ('AUTHOR', 'APPROVER', 'SENIOR_APPROVER', 'EVALUATOR', 'ADMINISTRATOR')),
  PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;
INSERT INTO person_role_now SELECT * FROM person_role;
DROP TABLE person_role;
ALTER TABLE person_role_now RENAME TO person_role;
