package org.smileadventure.query.accounts;

import java.util.Optional;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.Repository;

/** Accounts, one after the other: whoever takes one to change it locks it until the commit. */
interface Accounts extends Repository<Account, Long> {

  Optional<Account> findById(long id);

  @Lock(LockMode.PESSIMISTIC_WRITE)
  Optional<Account> findLockedById(long id);

  @Lock(LockMode.PESSIMISTIC_WRITE)
  Optional<Account> findLockedByEmail(String email);

  Account save(Account account);
}
