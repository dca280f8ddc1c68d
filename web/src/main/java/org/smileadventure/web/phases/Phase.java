package org.smileadventure.web.phases;

import java.time.LocalDate;
import java.util.UUID;
import org.smileadventure.web.login.Login;

/**
 * Something began for a child.
 *
 * @param kind therapy, scenario or other
 * @param madeBy the account of who noted it
 * @param madeAs parent or professional
 */
public record Phase(UUID id, LocalDate day, String kind, String label, long madeBy, String madeAs) {
  public boolean isRemovedBy(Login.Account viewer) {
    return viewer.isParent() || madeBy == viewer.id();
  }
}
