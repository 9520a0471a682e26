import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Commands about users and what they may do. */
final class Rights {
  private final Admin admin;

  Rights(Admin admin) {
    this.admin = admin;
  }

  void register(Map<String, Workload.Command> commands) {
    commands.put("create_user", this::createUser);
    commands.put("allow", this::allow);
    commands.put("revoke", this::revoke);
    commands.put("limit_reading", this::limitReading);
  }

  private Object createUser(Request request) throws ExecutionException, InterruptedException {
    ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    request.text("user"), scram, request.text("password"))))
        .all()
        .get();
    return true;
  }

  /** Brokers give readers at most so many bytes a second ("0": without limit again). */
  private Object limitReading(Request request) throws ExecutionException, InterruptedException {
    int rate = request.number("bytes_per_second");
    ClientQuotaEntity all = new ClientQuotaEntity(Collections.singletonMap("client-id", null));
    ClientQuotaAlteration.Op limit =
        new ClientQuotaAlteration.Op("consumer_byte_rate", rate == 0 ? null : (double) rate);
    admin.alterClientQuotas(List.of(new ClientQuotaAlteration(all, List.of(limit)))).all().get();
    return true;
  }

  private static AclBinding binding(Request request) {
    return new AclBinding(
        new ResourcePattern(
            ResourceType.fromString(request.text("resource")),
            request.text("name"),
            PatternType.fromString(request.text("pattern", "LITERAL"))),
        new AccessControlEntry(
            request.text("principal"),
            "*",
            AclOperation.fromString(request.text("operation")),
            AclPermissionType.ALLOW));
  }

  private Object allow(Request request) throws ExecutionException, InterruptedException {
    admin.createAcls(List.of(binding(request))).all().get();
    return true;
  }

  private Object revoke(Request request) throws ExecutionException, InterruptedException {
    return admin.deleteAcls(List.of(binding(request).toFilter())).all().get().size();
  }
}
