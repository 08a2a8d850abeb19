import com.intuit.ipp.core.Context;
import com.intuit.ipp.core.IEntity;
import com.intuit.ipp.core.ServiceType;
import com.intuit.ipp.data.*;
import com.intuit.ipp.exception.FMSException;
import com.intuit.ipp.security.OAuth2Authorizer;
import com.intuit.ipp.services.BatchOperation;
import com.intuit.ipp.services.CDCQueryResult;
import com.intuit.ipp.services.DataService;
import com.intuit.ipp.util.Config;
import com.intuit.oauth2.client.OAuth2PlatformClient;
import com.intuit.oauth2.config.OAuth2Config;
import com.intuit.oauth2.data.BearerTokenResponse;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Uses Intuit's own SDK as its documentation shows, and prints what it read as JSON. Arguments: URL, realm, code, redirect address. */
public class Scenario {
  static final Map<String, String> found = new TreeMap<>();

  public static void main(String[] args) throws Exception {
    String url = args[0], realm = args[1];
    Config.setProperty(Config.BASE_URL_QBO, url + "/v3/company");
    // The SDK's default transport loses the port of an address.
    Config.setProperty(Config.HTTP_TRANSPORT, "HTTP_URL_CONNECTION");

    OAuth2PlatformClient oauth = new OAuth2PlatformClient(configFor(url));
    BearerTokenResponse first = oauth.retrieveBearerTokens(args[2], args[3]);
    BearerTokenResponse tokens = oauth.refreshToken(first.getRefreshToken());
    note("tokenTid", String.valueOf(tokens.getIntuit_tid() != null));
    Context context = new Context(new OAuth2Authorizer(tokens.getAccessToken()), ServiceType.QBO, realm);
    context.setMinorVersion("75");
    DataService service = new DataService(context);

    CompanyInfo company = (CompanyInfo) service.executeQuery("select * from CompanyInfo").getEntities().get(0);
    note("company", company.getCompanyName());
    Preferences preferences = (Preferences) service.executeQuery("select * from Preferences").getEntities().get(0);
    note("reportBasis", String.valueOf(preferences.getReportPrefs().getReportBasis()));
    note("workWeek", String.valueOf(preferences.getTimeTrackingPrefs().getWorkWeekStartDate()));

    Customer parent = new Customer();
    parent.setDisplayName("Amy's Birds");
    parent = service.add(parent);
    Customer job = new Customer();
    job.setDisplayName("Cage 7");
    job.setParentRef(ref(parent.getId()));
    job = service.add(job);
    note("parent", job.getParentRef().getValue() + "/" + job.getParentRef().getName());
    Vendor vendor = new Vendor();
    vendor.setDisplayName("Bayshore Seeds");
    PhysicalAddress address = new PhysicalAddress();
    address.setLine1("1 Harbor Way");
    vendor.setBillAddr(address);
    note("vendorAddress", String.valueOf(service.add(vendor).getBillAddr().getId() != null));

    String since = "2020-01-01T00:00:00Z".equals(args[0]) ? "" : java.time.OffsetDateTime.now().minusHours(1).withNano(0).toString();
    Invoice invoice = service.add(sale(new Invoice(), parent, "739"));
    note("invoice", invoice.getTotalAmt().toPlainString());
    Estimate estimate = service.add(sale(new Estimate(), parent, "50"));
    note("estimate", estimate.getTotalAmt().toPlainString() + " " + estimate.getTxnStatus());
    SalesReceipt receipt = service.add(sale(new SalesReceipt(), parent, "20"));
    note("receipt", receipt.getTotalAmt().toPlainString());
    receipt = service.voidRequest(receipt);
    note("voidedReceipt", String.valueOf(service.findById(receipt).getTotalAmt().signum()));

    Payment payment = new Payment();
    payment.setCustomerRef(ref(parent.getId()));
    payment.setTotalAmt(new BigDecimal("339.50"));
    LinkedTxn link = new LinkedTxn();
    link.setTxnId(invoice.getId());
    link.setTxnType("Invoice");
    Line applied = new Line();
    applied.setAmount(new BigDecimal("339.50"));
    applied.setLinkedTxn(List.of(link));
    payment.setLine(List.of(applied));
    payment = service.add(payment);
    note("balance", service.findById(invoice).getBalance().toPlainString());
    note("queried", String.valueOf(service.executeQuery("select * from Invoice where TotalAmt > '700'").getEntities().size()));

    BatchOperation batch = new BatchOperation();
    Customer other = new Customer();
    other.setDisplayName("Cool Cars");
    Customer twin = new Customer();
    twin.setDisplayName("AMY'S BIRDS");
    batch.addEntity(other, OperationEnum.CREATE, "new");
    batch.addEntity(twin, OperationEnum.CREATE, "twin");
    batch.addQuery("select * from Customer", "query");
    batch.addCDCQuery(List.of(new Invoice(), new Customer()), since, "changes");
    service.executeBatch(batch);
    note("batchNew", ((Customer) batch.getEntity("new")).getDisplayName());
    note("batchTwin", batch.getFault("twin").getError().get(0).getCode());
    note("batchQuery", String.valueOf(batch.getQueryResponse("query").getEntities().size()));
    CDCQueryResult changes = batch.getCDCQueryResult("changes");
    note("batchChanges", changes.getQueryResults().get("Invoice").getEntities().size() + " " + changes.getQueryResults().get("Customer").getEntities().size());
    List<CDCQueryResult> alone = service.executeCDCQuery(List.of(new Invoice()), since);
    note("changes", String.valueOf(alone.get(0).getQueryResults().get("Invoice").getEntities().size()));

    try {
      service.add(twin);
    } catch (FMSException error) {
      note("duplicate", error.getErrorList().get(0).getCode());
    }
    service.delete(estimate);
    note("estimatesLeft", String.valueOf(service.findAll(new Estimate()).size()));
    oauth.revokeToken(tokens.getRefreshToken());
    try {
      service.findById(invoice);
    } catch (FMSException error) {
      note("revoked", error.getClass().getSimpleName());
    }
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, String> one : found.entrySet()) json.append(json.length() > 1 ? "," : "").append('"').append(one.getKey()).append("\":\"").append(one.getValue()).append('"');
    System.out.println(json.append('}'));
  }

  static <T extends SalesTransaction> T sale(T form, Customer customer, String amount) {
    form.setCustomerRef(ref(customer.getId()));
    SalesItemLineDetail detail = new SalesItemLineDetail();
    detail.setItemRef(ref("1"));
    Line line = new Line();
    line.setAmount(new BigDecimal(amount));
    line.setDetailType(LineDetailTypeEnum.SALES_ITEM_LINE_DETAIL);
    line.setSalesItemLineDetail(detail);
    form.setLine(new ArrayList<>(List.of(line)));
    return form;
  }

  static ReferenceType ref(String id) {
    ReferenceType reference = new ReferenceType();
    reference.setValue(id);
    return reference;
  }

  static OAuth2Config configFor(String url) throws Exception {
    OAuth2Config config = new OAuth2Config.OAuth2ConfigBuilder("simulator-client", "simulator-secret").buildConfig();
    config.setIntuitBearerTokenEndpoint(url + "/oauth2/v1/tokens/bearer");
    config.setIntuitRevokeTokenEndpoint(url + "/v2/oauth2/tokens/revoke");
    return config;
  }

  static void note(String name, String value) {
    found.put(name, value);
  }
}
