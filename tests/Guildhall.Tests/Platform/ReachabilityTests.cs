using System.Net;
using System.Text.RegularExpressions;
using Guildhall.Platform.Access;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Platform;

/// <summary>Every address of the product, read from the running routes: who gets in without signing in, and which forms act without their token.</summary>
public sealed partial class ReachabilityTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly string[] OpenToAnybody =
    [
        "GET /", "HEAD /", "GET /charter", "HEAD /charter", "GET /matching", "GET /matching/{program}", "GET /results", "HEAD /results", "GET /results/{program}", "HEAD /results/{program}", "GET /results.json", "HEAD /results.json", "GET /results.csv", "HEAD /results.csv", "GET /method", "HEAD /method", "GET /assets/{name}", "HEAD /assets/{name}", "POST /theme", "GET /first-run/{token}", "POST /first-run/{token}", "GET /invitation/{token}", "POST /invitation/{token}",
        "GET /sign-in", "POST /sign-in", "GET /sign-in/code", "POST /sign-in/code", "POST /sign-in/passkey", "POST /sign-in/passkey/options", "GET /sign-in/marketplace", "GET /sign-in/marketplace/done",
        "POST /sign-in/link", "GET /sign-in/link/{token}", "POST /sign-in/link/{token}", "GET /forgotten", "POST /forgotten", "GET /reset/{token}", "POST /reset/{token}",
        "GET /calendar/{token}.ics", "GET /unsubscribe/{token}", "POST /unsubscribe/{token}", "POST /unsubscribe/{token}/turn-on",
    ];

    [Fact]
    public async Task Sends_everybody_who_is_not_signed_in_to_the_sign_in_page()
    {
        var let = new List<string>();
        var asked = 0;

        foreach (var (method, pattern, _) in Endpoints())
        {
            using var visitor = product.Visitor();
            var answer = await visitor.Send(new HttpRequestMessage(new HttpMethod(method), Concrete(pattern)) { Content = method == "GET" || method == "HEAD" ? null : new FormUrlEncodedContent([]) });
            asked++;
            var sentAway = answer.Status == HttpStatusCode.Redirect && answer.Location!.StartsWith("/sign-in?to=%2F", StringComparison.Ordinal);
            if (!sentAway) let.Add($"{method} {pattern}");
        }

        asked.ShouldBeGreaterThan(30);
        let.Order().ShouldBe(OpenToAnybody.Order());
    }

    [Fact]
    public async Task Lets_no_form_act_without_its_token()
    {
        var manager = await product.Manager();
        var (shop, _) = await product.GivenShop();
        var before = await Everything();
        var acted = new List<string>();
        var asked = 0;

        foreach (var (_, pattern, rule) in Endpoints().Where(endpoint => endpoint.Method == "POST"))
        {
            var person = rule == AccessTable.TakePart ? shop : manager;
            var answer = await person.PostForged(Concrete(pattern), ("side", "mentee"), ("seen", "0"), ("version", "0"), ("rule", "Language"));
            // Routes that take a file want it in a form with parts.
            if (answer.Status == HttpStatusCode.UnsupportedMediaType) answer = await person.UploadForged(Concrete(pattern), "people.csv", "id\na\n"u8.ToArray(), ("side", "mentee"));
            asked++;
            if (answer.Status != HttpStatusCode.BadRequest) acted.Add($"{pattern} answered {(int)answer.Status}");
        }

        asked.ShouldBeGreaterThan(20);
        // The link is the proof there, and this one is nobody's.
        acted.ShouldBe(["/theme answered 302", "/unsubscribe/{token} answered 404"]);
        (await Everything()).ShouldBe(before);
        (await manager.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK, "a forged sign-out must not end the session");
    }

    [Fact]
    public async Task Would_notice_a_form_that_needs_no_token()
    {
        var manager = await product.Manager();

        // The one form that works without: it shows that the request itself is fine, and that only the token was missing elsewhere.
        var answer = await manager.PostForged("/theme", ("theme", "dark"), ("back", "/manage"));

        (answer.Status, answer.Location).ShouldBe((HttpStatusCode.Redirect, "/manage"));
        answer.Headers["Set-Cookie"].ShouldStartWith("theme=dark;");
    }

    [Fact]
    public async Task Refuses_the_token_of_somebody_else()
    {
        await product.Manager();
        using var visitor = product.Visitor();
        var theirs = (await visitor.Page("/sign-in")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answer = await (await product.Manager()).PostForged("/manage/new", ("Name", "A"), ("Cohort", "B"), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2027-01-01"), ("__RequestVerificationToken", theirs));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Heading.ShouldBe("This form could not be read");
    }

    IEnumerable<(string Method, string Pattern, AccessRule? Rule)> Endpoints() =>
        from endpoint in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<AccessRule>());

    static string Concrete(string pattern) => Parameter().Replace(pattern, match => match.Groups[1].Value switch
    {
        _ when match.Value.EndsWith(":guid}", StringComparison.Ordinal) => "01890a5d-ac96-774b-bcce-b302099a8057",
        _ when match.Value.Contains(":guid", StringComparison.Ordinal) => "01890a5d-ac96-774b-bcce-b302099a8057",
        "id" => "01890a5d-ac96-774b-bcce-b302099a8057",
        "number" => "1",
        "mentee" => "61",
        _ => "x",
    });

    Task<string> Everything() => product.Database.ScalarAsync<string>("""
        SELECT (SELECT count(*) FROM people.account) || ' ' || (SELECT count(*) FROM programs.program) || ' ' || (SELECT count(*) FROM platform.marketplace)
            || ' ' || (SELECT count(*) FROM pairing.match_run) || ' ' || (SELECT count(*) FROM pairing.matching_rules) || ' ' || (SELECT count(*) FROM enrollment.participant) || ' ' || (SELECT count(*) FROM enrollment.application)
            || ' ' || (SELECT count(*) FROM platform.outgoing_mail) || ' ' || (SELECT count(*) FROM platform.mail_opt_out)
            || ' ' || (SELECT count(*) FROM programs.charter_version WHERE number > 1)
        """);

    [GeneratedRegex(@"\{([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
