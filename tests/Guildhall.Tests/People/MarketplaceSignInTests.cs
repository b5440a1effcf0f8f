using System.Net;
using System.Text.RegularExpressions;
using Guildhall.Modules.People;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.People;

/// <summary>The product and the marketplace's sign-in, each with the other's address.</summary>
public sealed class MarketplaceScene(TestPostgres postgres) : IAsyncLifetime
{
    public static readonly Guid Shop = Guid.CreateVersion7();

    internal MarketplaceProvider Provider { get; private set; } = null!;

    public RunningProduct Product { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await MarketplaceProvider.Listen();
        Product = new RunningProduct(postgres) { Adjust = services => services.AddMarketplaceLogin(Provider.Login) };
        await Product.InitializeAsync();
        await Product.Manager();
        await Product.Database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Feira Azul', 'BRL', 'America/Sao_Paulo')");
        await Product.Database.ExecuteAsync($"INSERT INTO sellers.seller (id, external_id) VALUES ('{Shop}', 'shop-7')");
        await Provider.Start(Product.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>Signing in with the marketplace's account, against a real provider, with somebody in between who changes what is said.</summary>
public sealed partial class MarketplaceSignInTests : IClassFixture<MarketplaceScene>
{
    readonly MarketplaceProvider provider;
    readonly RunningProduct product;

    // Of one person at the marketplace; no other test uses it.
    readonly string email = PeopleScene.NewAddress("mina");

    public MarketplaceSignInTests(MarketplaceScene scene)
    {
        (provider, product) = (scene.Provider, scene.Product);
        (provider.TokenRequest, provider.Answer) = (form => form, (_, status, body) => (status, body));
    }

    string Id => email.Split('@')[0];

    [Fact]
    public async Task Makes_an_account_at_the_first_sign_in_and_knows_it_at_the_next_by_the_marketplaces_id()
    {
        using var mina = product.Visitor();
        var page = await mina.Page("/sign-in?to=%2Faccount");
        var first = await Follow(mina, await Callback(mina, $"{Id}|{email}|shop-7", page.QuerySelector("a.gh-btn-1")!.GetAttribute("href")!));
        using var later = product.Visitor();
        // The same person with another address, and somebody else with hers.
        provider.Answer = (path, status, body) => (status, path == "/me" ? body.Replace(email, $"new-{email}") : body);
        var second = await Follow(later, await Callback(later, $"{Id}|{email}|shop-7"));
        provider.Answer = (_, status, body) => (status, body);
        using var other = product.Visitor();
        var impostor = await Follow(other, await Callback(other, $"thief|{email}|shop-7"));

        page.QuerySelector("a.gh-btn-1")!.TextContent.ShouldBe("Sign in with Feira Azul");
        first.Location.ShouldBe("/account");
        (await mina.Get("/account")).Words.ShouldContain($"You sign in as {email}.");
        second.Location.ShouldBe("/me");
        impostor.Location.ShouldBe("/sign-in?did=marketplace-link&to=%2Faccount%2Fmarketplace%2Flink");
        (await product.Database.ScalarAsync<string>($"SELECT login_provider || ' ' || provider_key || ' ' || display_name || ' ' || seller_id FROM people.account_login JOIN people.account ON id = user_id WHERE email = '{email}'"))
            .ShouldBe($"marketplace {Id}|{email}|shop-7 M{Id[1..]} of the market {MarketplaceScene.Shop}");
    }

    [Fact]
    public async Task Links_an_account_only_after_its_owner_signed_in_by_their_own_means_and_said_so()
    {
        using var noor = await product.GivenManager(email);
        var (app, _) = await noor.GivenSecondFactor(product);
        using var browser = product.Visitor();

        var met = await Follow(browser, await Callback(browser, $"{Id}|{email}"));
        (await browser.Get(met.Location!)).Words.ShouldContain("Sign in to it the way you did before, then link the two.");
        (await browser.SignIn(email, RunningProduct.Password, "/account/marketplace/link")).Location.ShouldBe("/sign-in/code?to=%2Faccount%2Fmarketplace%2Flink");
        (await browser.Post("/sign-in/code", ("Code", app.NextCode()), ("To", "/account/marketplace/link"))).Location.ShouldBe("/account/marketplace/link");
        (await browser.Get("/account/marketplace/link")).Heading.ShouldBe("Link your accounts");
        (await Logins()).ShouldBe(0);
        var linked = await browser.Post("/account/marketplace/link");
        using var later = product.Visitor();
        var next = await Follow(later, await Callback(later, $"{Id}|{email}"));
        var behind = await later.Get("/manage");

        linked.Location.ShouldBe("/account?did=linked");
        (await Logins()).ShouldBe(1);
        (await product.MailTo(email)).ShouldContain(("Your Feira Azul account was linked", "/account"));
        next.Location.ShouldBe("/sign-in/code", "staff with a second factor are asked for it whoever vouches for them");
        behind.Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    [Fact]
    public async Task Lets_nobody_link_somebody_elses_marketplace_account_to_theirs_by_the_way()
    {
        using var noor = await product.GivenManager(email);
        using var browser = product.Visitor();
        await Follow(browser, await Callback(browser, $"{Id}|{email}"));
        var other = PeopleScene.NewAddress("ravi");
        (await product.GivenManager(other)).Dispose();

        await browser.SignIn(other, RunningProduct.Password);

        (await browser.Get("/account/marketplace/link")).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.Post("/account/marketplace/link")).Status.ShouldBe(HttpStatusCode.Gone);
        (await Logins()).ShouldBe(0);
    }

    [Fact]
    public async Task Links_a_marketplace_account_with_another_address_when_its_owner_asks_from_their_account()
    {
        using var noor = await product.GivenManager(email);

        (await noor.Page("/account")).QuerySelector("a[href='/account/marketplace']")!.TextContent.ShouldBe("Link Feira Azul account");
        var back = await Follow(noor, await Callback(noor, $"{Id}|shop-of-{email}", "/account/marketplace"));
        back.Location.ShouldBe("/account/marketplace/link");
        (await noor.Post("/account/marketplace/link")).Location.ShouldBe("/account?did=linked");

        (await noor.Get("/account")).Words.ShouldContain("Linked. You can sign in with your Feira Azul account.");
    }

    [Theory]
    [InlineData("someone")]
    [InlineData("someone|unverified@example.com")]
    [InlineData("someone|not-an-address")]
    public async Task Makes_no_account_without_an_address_that_the_marketplace_has_tried(string person)
    {
        using var browser = product.Visitor();

        (await Follow(browser, await Callback(browser, person))).Location.ShouldBe("/sign-in?did=marketplace-address");

        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM people.account WHERE email LIKE '%unverified%' OR email LIKE 'not-an%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("code")]
    [InlineData("replayed state")]
    [InlineData("replayed code")]
    [InlineData("another browser")]
    [InlineData("missing verifier")]
    [InlineData("wrong verifier")]
    [InlineData("token refused")]
    [InlineData("token not JSON")]
    [InlineData("no access token")]
    [InlineData("person refused")]
    [InlineData("person not JSON")]
    [InlineData("person without sub")]
    [InlineData("person a list")]
    public async Task Lets_nobody_in_when_somebody_changes_what_is_said(string attack)
    {
        using var browser = product.Visitor();
        provider.TokenRequest = form => attack switch
        {
            "missing verifier" => form.Where(field => field.Key != "code_verifier").ToDictionary(),
            "wrong verifier" => new(form) { ["code_verifier"] = new string('x', 43) },
            _ => form,
        };
        provider.Answer = (path, status, body) => (path, attack) switch
        {
            ("/token", "token refused") => (HttpStatusCode.InternalServerError, "{}"),
            ("/token", "token not JSON") => (HttpStatusCode.OK, "<html>"),
            ("/token", "no access token") => (HttpStatusCode.OK, "{\"token_type\":\"Bearer\"}"),
            ("/me", "person refused") => (HttpStatusCode.Forbidden, body),
            ("/me", "person not JSON") => (HttpStatusCode.OK, "<html>"),
            ("/me", "person without sub") => (HttpStatusCode.OK, body.Replace("\"sub\"", "\"subject\"")),
            ("/me", "person a list") => (HttpStatusCode.OK, "[1]"),
            _ => (status, body),
        };
        var callback = await Callback(browser, $"{Id}|{email}");
        if (attack == "state") callback = State().Replace(callback, "state=CfDJ8guessed");
        if (attack == "code") callback = Code().Replace(callback, "code=guessed");
        if (attack == "replayed state") callback = Code().Replace(callback, "code=another") is var forged && (await browser.Get(forged)).Location is not null ? callback : "";
        if (attack == "replayed code")
        {
            // The code was used once; now it comes with the state of a second round.
            (await browser.Get(callback)).Location.ShouldStartWith("/sign-in/marketplace/done");
            await browser.Get("/sign-in/marketplace/done");
            await browser.Post("/sign-out");
            callback = Code().Replace(await Callback(browser, $"{Id}|{email}"), Code().Match(callback).Value);
        }

        using var other = product.Visitor();
        var victim = attack == "another browser" ? other : browser;
        var answer = await victim.Get(callback);

        answer.Location.ShouldBe("/sign-in?did=marketplace-failed");
        (await victim.Get("/account")).Location.ShouldBe("/sign-in?to=%2Faccount");
        (await victim.Get(answer.Location!)).Words.ShouldContain("Signing in with the marketplace’s account did not work.");
        (await victim.Get("/sign-in/marketplace/done")).Location.ShouldBe("/sign-in?did=marketplace-failed");
        (await Accounts()).ShouldBe(attack == "replayed code" ? 1 : 0);
    }

    [Fact]
    public async Task Would_let_in_what_nobody_changed()
    {
        using var browser = product.Visitor();

        (await browser.Get(await Callback(browser, $"{Id}|{email}"))).Location.ShouldBe("/sign-in/marketplace/done");
    }

    [Fact]
    public async Task Says_so_when_the_person_declines()
    {
        using var browser = product.Visitor();
        var begun = await browser.Get("/sign-in/marketplace");
        var state = QueryHelpers.ParseQuery(new Uri(begun.Location!).Query)["state"].ToString();

        var back = await browser.Get($"{MarketplaceLogin.CallbackPath}?error=access_denied&state={Uri.EscapeDataString(state)}");

        back.Location.ShouldBe("/sign-in?did=marketplace-declined");
        (await browser.Get(back.Location!)).Words.ShouldContain("You did not let the marketplace tell us who you are.");
    }

    [Fact]
    public async Task Sends_a_challenge_and_no_secret_through_the_browser()
    {
        using var browser = product.Visitor();

        var query = QueryHelpers.ParseQuery(new Uri((await browser.Get("/sign-in/marketplace")).Location!).Query);

        (query["response_type"].ToString(), query["code_challenge_method"].ToString(), query["client_id"].ToString(), query["scope"].ToString()).ShouldBe(("code", "S256", "guildhall", "openid email profile"));
        query["code_challenge"].ToString().Length.ShouldBe(43);
        query.Keys.ShouldNotContain("client_secret");
    }

    [Fact]
    public async Task Lets_a_suspended_account_in_by_no_way()
    {
        using var browser = product.Visitor();
        await Follow(browser, await Callback(browser, $"{Id}|{email}"));
        await product.Database.ExecuteAsync($"UPDATE people.account SET suspended_at = now() WHERE email = '{email}'");
        using var later = product.Visitor();

        (await Follow(later, await Callback(later, $"{Id}|{email}"))).Location.ShouldBe("/sign-in?did=marketplace-failed");
    }

    // Types a name at the provider, agrees, and stops where it sends the browser back to the product.
    async Task<string> Callback(Browser browser, string person, string begin = "/sign-in/marketplace")
    {
        var answer = await browser.Get(begin);
        for (var step = 0; step < 12; step++)
        {
            if (answer.Location is { } location)
            {
                if (location.StartsWith(product.Address.ToString(), StringComparison.Ordinal)) return location;
                answer = await browser.Get(new Uri(provider.Address, location).ToString());
                continue;
            }

            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            var form = answer.Page.QuerySelector("form")!;
            (string, string)[] fields = form.QuerySelector("input[name=login]") is null ? [("prompt", "consent")] : [("prompt", "login"), ("login", person), ("password", "any")];
            answer = await browser.PostForged(new Uri(provider.Address, form.GetAttribute("action")).ToString(), fields);
        }

        throw new InvalidOperationException("The provider never sent the browser back.");
    }

    async Task<Answer> Follow(Browser browser, string callback)
    {
        var back = await browser.Get(callback);
        return back.Location!.StartsWith("/sign-in/marketplace/done", StringComparison.Ordinal) ? await browser.Get(back.Location) : back;
    }

    Task<long> Logins() => product.Database.ScalarAsync<long>($"SELECT count(*) FROM people.account_login WHERE provider_key LIKE '{Id}|%'");

    Task<long> Accounts() => product.Database.ScalarAsync<long>($"SELECT count(*) FROM people.account WHERE email = '{email}'");

    [GeneratedRegex("(?<=[?&])state=[^&]*")]
    private static partial Regex State();

    [GeneratedRegex("(?<=[?&])code=[^&]*")]
    private static partial Regex Code();
}

/// <summary>The settings of the marketplace's sign-in: all of them or none, and a start that says which one is wrong.</summary>
public sealed class MarketplaceSettingsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly Dictionary<string, string?> whole = new()
    {
        ["GUILDHALL_OAUTH_AUTHORIZE"] = "https://accounts.example.com/authorize",
        ["GUILDHALL_OAUTH_TOKEN"] = "https://accounts.example.com/token",
        ["GUILDHALL_OAUTH_USERINFO"] = "https://accounts.example.com/me",
        ["GUILDHALL_OAUTH_CLIENT_ID"] = "guildhall",
        ["GUILDHALL_OAUTH_CLIENT_SECRET"] = "kept between the two",
    };

    [Theory]
    [InlineData("GUILDHALL_OAUTH_AUTHORIZE", null, "GUILDHALL_OAUTH_AUTHORIZE is not set.")]
    [InlineData("GUILDHALL_OAUTH_CLIENT_SECRET", " ", "GUILDHALL_OAUTH_CLIENT_SECRET is not set.")]
    [InlineData("GUILDHALL_OAUTH_TOKEN", "accounts.example.com/token", "GUILDHALL_OAUTH_TOKEN can’t be read.")]
    [InlineData("GUILDHALL_OAUTH_USERINFO", "http://accounts.example.com/me", "GUILDHALL_OAUTH_USERINFO can’t be read.")]
    [InlineData("GUILDHALL_OAUTH_CLIENTID", "guildhall", "GUILDHALL_OAUTH_CLIENTID is no setting.")]
    public void Names_the_setting_that_is_wrong(string setting, string? value, string words)
    {
        var refusal = MarketplaceLogin.Parse(Settings(new(whole) { [setting] = value })).Refusal;

        refusal.ShouldNotBeNull().Message.ShouldStartWith(words);
        refusal.Message.ShouldNotContain("kept between the two");
    }

    [Fact]
    public void Takes_all_of_them_with_its_defaults_and_none_as_switched_off()
    {
        var parsed = MarketplaceLogin.Parse(Settings(new(whole) { ["GUILDHALL_OAUTH_FIELD_SELLER"] = "shop", ["GUILDHALL_OAUTH_SCOPES"] = "profile shops" }));

        parsed.Succeeded(out var login, out _).ShouldBeTrue();
        (login!.SellerField, login.SubjectField, login.EmailField, login.NameField).ShouldBe(("shop", "sub", "email", "name"));
        login.Scopes.ShouldBe(["profile", "shops"]);
        login.ToString().ShouldNotContain("kept between the two");
        var none = MarketplaceLogin.Parse(Settings([]));
        (none.Refusal, none.Value).ShouldBe((null, null));
    }

    [Fact]
    public async Task Offers_nothing_where_it_is_not_set_up()
    {
        using var visitor = product.Visitor();
        var manager = await product.Manager();

        (await visitor.Page("/sign-in")).QuerySelectorAll("a[href^='/sign-in/marketplace']").ShouldBeEmpty();
        (await visitor.Get("/sign-in/marketplace")).Location.ShouldBe("/sign-in");
        (await visitor.Get("/sign-in/marketplace/done")).Location.ShouldBe("/sign-in?did=marketplace-failed");
        (await manager.Get("/account/marketplace")).Location.ShouldBe("/account");
        (await manager.Get("/account/marketplace/link")).Status.ShouldBe(HttpStatusCode.Gone);
        (await manager.Get("/account")).Words.ShouldNotContain("Link it, and you can sign in with it too.");
    }

    static IConfiguration Settings(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
