package org.smileadventure.web.account;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account of who looks. */
public record Me(
    long id,
    String email,
    String role,
    String firstName,
    String lastName,
    @Nullable String phone,
    String timezone,
    @Nullable String bio,
    @Nullable String licenseNumber,
    @Nullable String specialization,
    @Nullable String clinicName,
    @Nullable String clinicAddress) {

  public boolean isProfessional() {
    return role.equals("professional");
  }

  public boolean isParent() {
    return role.equals("parent");
  }

  /** As the form has it. */
  Map<String, @Nullable Object> values() {
    var values = new HashMap<String, @Nullable Object>();
    values.put("first_name", firstName);
    values.put("last_name", lastName);
    values.put("phone", phone);
    values.put("timezone", timezone);
    values.put("bio", bio);
    values.put("specialization", specialization);
    values.put("clinic_name", clinicName);
    values.put("clinic_address", clinicAddress);
    return values;
  }
}
