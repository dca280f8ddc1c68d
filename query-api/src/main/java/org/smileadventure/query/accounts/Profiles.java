package org.smileadventure.query.accounts;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.http.IfMatch;
import org.smileadventure.common.http.MergePatch;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts right what people say of themselves. */
@Component
class Profiles {
  private static final List<String> OF_PROFESSIONALS =
      List.of("specialization", "clinic_name", "clinic_address");

  private final Accounts accounts;
  private final MergePatch patches;
  private final InstantSource clock;

  Profiles(Accounts accounts, MergePatch patches, InstantSource clock) {
    this.accounts = accounts;
    this.patches = patches;
    this.clock = clock;
  }

  /** The account with the patch applied, if it is still of this version. */
  @Transactional
  Account patch(long user, IfMatch version, Map<String, @Nullable Object> patch) {
    var account =
        accounts.findLockedById(user).filter(Account::isInUse).orElseThrow(MeEndpoint::notInUse);
    version.require(account.version());
    if (!account.role().equals("professional")) {
      for (var field : OF_PROFESSIONALS) {
        if (patch.get(field) != null) {
          throw new BadParameterException(
              field, "left out by a " + account.role(), "that of a professional");
        }
      }
    }
    account.describe(patches.apply(account.profile(), patch), clock.instant());
    return accounts.save(account);
  }
}
