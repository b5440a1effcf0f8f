using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Access;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Platform;

/// <summary>The table of access against the running product: every address, every role, programs that are theirs, that aren't, and that don't exist.</summary>
public sealed partial class AccessTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    enum Answered { In, AskedToSignIn, NoAccess, NotFound }

    sealed record Persona(string Name, Browser Browser, IReadOnlyDictionary<Role, IReadOnlyList<string>?> Roles, bool IsSignedIn = true);

    [Fact]
    public async Task Opens_every_address_to_exactly_those_whom_the_table_names()
    {
        var (given, other) = (await product.GivenOpenProgram(), await product.GivenOpenProgram());
        var personas = await GivenPersonas(given.Slug);
        List<string> differences = [];
        var asked = new Dictionary<Answered, int>();

        foreach (var (method, pattern, rule) in Endpoints())
        {
            foreach (var slug in pattern.Contains("{program}", StringComparison.Ordinal) ? [given.Slug, other.Slug, "no-such-program"] : (string[])[""])
            {
                foreach (var persona in personas)
                {
                    var path = Concrete(pattern, slug);
                    var answer = await persona.Browser.Send(new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "GET" or "HEAD" ? null : new FormUrlEncodedContent([]) });
                    var (expected, seen) = (Expected(persona, rule, slug), Classified(answer));
                    asked[seen] = asked.GetValueOrDefault(seen) + 1;
                    // Who is let in still finds no row under an id that nobody has, nor a program that isn't there, nor an own row that was never made.
                    var mayBeMissing = expected == Answered.In && seen == Answered.NotFound && (slug == "no-such-program" || rule.ReachOf(Role.Seller) == Reach.Own || pattern.Replace("{program}", "").Contains('{'));
                    if (seen != expected && !mayBeMissing) differences.Add($"{persona.Name}: {method} {path} answered {(int)answer.Status} {answer.Location}, expected {expected}");
                }
            }
        }

        differences.ShouldBeEmpty();
        // Each answer was given often enough that a table which lets everybody in, or nobody, would show.
        Enum.GetValues<Answered>().Min(answer => asked.GetValueOrDefault(answer)).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Has_a_rule_for_every_address()
    {
        var ruleless = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.OfType<AccessRule>().Count() != 1).Select(endpoint => endpoint.RoutePattern.RawText).ToList();

        ruleless.ShouldBeEmpty();
        Endpoints().Select(endpoint => endpoint.Rule).Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Answers_for_a_program_out_of_reach_as_for_none()
    {
        var (given, other) = (await ProgramScene.GivenProgram(product), await ProgramScene.GivenProgram(product));
        using var limited = await product.Another("Priya Rao", "priya@example.com", account => account.Grant(Role.Manager, product.Clock.GetUtcNow(), [given.Slug]));

        var (foreign, none) = (await limited.Get($"/manage/{other.Slug}/people"), await limited.Get("/manage/nothing/people"));

        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        foreign.Text.Replace(other.Slug, "nothing").ShouldBe(none.Text);
        (await limited.Get($"/manage/{given.Slug}/people")).Status.ShouldBe(HttpStatusCode.OK);
        (await limited.Get("/manage")).Words.ShouldNotContain(Cohort(other));
        (await limited.Get("/manage")).Words.ShouldContain(Cohort(given));
        (await limited.Get("/manage/new")).Location.ShouldStartWith("/no-access");
    }

    [Fact]
    public async Task Takes_a_role_away_from_an_open_session_within_a_minute()
    {
        using var browser = await product.Another("Omar Vidal", "omar.vidal@example.com", account => account.Grant(Role.Manager, product.Clock.GetUtcNow()));
        (await browser.Get("/manage/new")).Status.ShouldBe(HttpStatusCode.OK);
        await product.Database.ExecuteAsync("DELETE FROM people.role_grant g USING people.account a WHERE a.id = g.account_id AND a.email = 'omar.vidal@example.com'");

        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await browser.Get("/manage/new")).Location.ShouldStartWith("/no-access");
    }

    [Fact]
    public async Task Gives_a_session_of_its_own_to_whoever_signs_in()
    {
        await product.Manager();
        using var planted = product.Visitor();
        var before = await planted.Send(new HttpRequestMessage(HttpMethod.Get, "/manage") { Headers = { { "Cookie", "guildhall=CfDJ8planted" } } });

        var signedIn = await planted.SignIn(RunningProduct.ManagerEmail, RunningProduct.Password);

        before.Location.ShouldBe("/sign-in?to=%2Fmanage");
        signedIn.Headers["Set-Cookie"].ShouldContain("guildhall=");
        signedIn.Headers["Set-Cookie"].ShouldNotContain("planted");
    }

    [Fact]
    public async Task Is_printed_in_the_guide()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "../../../../docs/guide/access.md");
        if (Environment.GetEnvironmentVariable("GUILDHALL_WRITE_DOCS") is not null) await File.WriteAllTextAsync(path, Printed(), TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe(Printed(), "GUILDHALL_WRITE_DOCS=1 writes it");
    }

    static string Printed()
    {
        var roles = Enum.GetValues<Role>();
        var text = new StringBuilder("# Who may do what\n\nThis page is printed from the table that the product itself asks on every request; a test compares them, and tries every address in every role.\n\n");
        text.Append("| What | Visitor | Any account | ").AppendJoin(" | ", roles.Select(RoleNames.Of)).Append(" |\n|---|---|---|").Append(string.Concat(roles.Select(_ => "---|"))).Append('\n');
        foreach (var rule in AccessTable.All)
        {
            text.Append("| ").Append(rule.Opens).Append(rule.IsForAnybody ? " | yes | yes" : rule.IsForAnyAccount ? " | no | their own" : " | no | no");
            foreach (var role in roles) text.Append(" | ").Append(rule.IsForAnybody || rule.IsForAnyAccount ? "yes" : rule.ReachOf(role) is { } reach ? RoleNames.Of(reach) : "no");
            text.Append(" |\n");
        }

        text.Append("""

            - **Their own**: what belongs to the person or to their shop. Anybody else's is not found, exactly as if it weren't there.
            - **Of their programs**: a staff role can be given for certain programs only. Other programs are then not found, and what stands above programs is closed.
            - **All**: open only to a role that is not limited to programs.
            - A person may hold several roles; each opens what it opens.
            - A role that is taken away, and an account that is suspended, stop working within 60 seconds, also where somebody is signed in.

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    async Task<List<Persona>> GivenPersonas(string givenSlug)
    {
        var now = product.Clock.GetUtcNow();
        await product.Manager();
        Guid sellerId;
        await using (var db = product.Database.NewDb())
        {
            var seller = new Seller { ExternalId = "access-seller", Name = "Shop of nobody else" };
            db.Add(seller);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            sellerId = seller.Id;
        }

        List<Persona> personas =
        [
            new("visitor", product.Visitor(), new Dictionary<Role, IReadOnlyList<string>?>(), IsSignedIn: false),
            new("account without a role", await product.Another("Kim Lee", "kim@example.com", _ => { }), new Dictionary<Role, IReadOnlyList<string>?>()),
            new("seller", await product.Another("Ana Souza", "ana@example.com", account => account.ActFor(sellerId)), new Dictionary<Role, IReadOnlyList<string>?> { [Role.Seller] = null }),
            new("manager of one program", await product.Another("Ben Ode", "ben@example.com", account => account.Grant(Role.Manager, now, [givenSlug])), new Dictionary<Role, IReadOnlyList<string>?> { [Role.Manager] = [givenSlug] }),
        ];
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Seller))
            personas.Add(new(role.ToString(), await product.Another($"All {role}", $"all-{role}@example.com".ToLowerInvariant(), account => account.Grant(role, now)), new Dictionary<Role, IReadOnlyList<string>?> { [role] = null }));

        var suspended = await product.Another("Sam Gone", "sam@example.com", account => account.Grant(Role.Administrator, now));
        await product.Database.ExecuteAsync("UPDATE people.account SET suspended_at = now(), security_stamp = 'suspended' WHERE email = 'sam@example.com'");
        product.Clock.Advance(TimeSpan.FromSeconds(61));
        personas.Add(new("suspended", suspended, new Dictionary<Role, IReadOnlyList<string>?>(), IsSignedIn: false));
        return personas;
    }

    static Answered Expected(Persona persona, AccessRule rule, string slug)
    {
        if (rule.IsForAnybody) return Answered.In;
        if (!persona.IsSignedIn) return Answered.AskedToSignIn;
        if (rule.IsForAnyAccount) return Answered.In;
        var outcome = Answered.NoAccess;
        foreach (var (role, programs) in persona.Roles)
        {
            switch (rule.ReachOf(role))
            {
                case Reach.Own:
                case Reach.GivenPrograms when programs is null || slug.Length == 0 || programs.Contains(slug):
                case Reach.Everything when programs is null:
                    return Answered.In;
                case Reach.GivenPrograms:
                    outcome = Answered.NotFound;
                    break;
            }
        }

        return outcome;
    }

    static Answered Classified(Answer answer) =>
        answer.Location?.StartsWith("/sign-in?to=", StringComparison.Ordinal) == true ? Answered.AskedToSignIn
        : answer.Location?.StartsWith("/no-access", StringComparison.Ordinal) == true ? Answered.NoAccess
        : answer.Status == HttpStatusCode.NotFound ? Answered.NotFound
        : Answered.In;

    // Signing out would end the persona's session, and guesses are counted by address.
    IEnumerable<(string Method, string Pattern, AccessRule Rule)> Endpoints() =>
        from endpoint in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let rule = endpoint.Metadata.GetMetadata<AccessRule>()
        where rule is not null
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), rule);

    static string Concrete(string pattern, string program) => Parameter().Replace(pattern, match => match.Groups[1].Value switch
    {
        "program" => program,
        _ when match.Value.EndsWith(":guid}", StringComparison.Ordinal) => "01890a5d-ac96-774b-bcce-b302099a8057",
        _ when match.Value.Contains(":guid", StringComparison.Ordinal) => "01890a5d-ac96-774b-bcce-b302099a8057",
        "id" => "01890a5d-ac96-774b-bcce-b302099a8057",
        "number" => "1",
        "mentee" => "61",
        _ => "x",
    });

    static string Cohort(ProgramScene scene) => scene.Slug["first-90-days-".Length..].Replace("cohort-", "Cohort ");

    [GeneratedRegex(@"\{([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
