using System.Net;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guildhall.Tests.People;

public sealed class SignInTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string NoMatch = "This email address and password don’t belong to an account. Check both and try again. After 10 tries, wait 5 minutes.";

    [Fact]
    public async Task Says_the_same_of_a_wrong_password_and_of_an_unknown_address()
    {
        await product.Manager();
        using var browser = product.Visitor();

        var wrong = await browser.SignIn(RunningProduct.ManagerEmail, "some other password");
        var unknown = await browser.SignIn("nobody@example.com", "some other password");

        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Words.ShouldContain(NoMatch);
        Comparable(unknown).ShouldBe(Comparable(wrong));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_everything_that_an_empty_form_lacks(bool withItsFields)
    {
        using var browser = product.Visitor();

        var refused = withItsFields ? await browser.SignIn(" ", "") : await browser.Post("/sign-in");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => (link.GetAttribute("href"), link.TextContent))
            .ShouldBe([("#Email", "Enter your email address."), ("#Password", "Enter your password.")]);
    }

    [Fact]
    public async Task Keeps_the_address_and_never_the_password_on_the_page()
    {
        await product.Manager();
        using var browser = product.Visitor();

        var wrong = await browser.SignIn(RunningProduct.ManagerEmail, "kept nowhere at all");

        wrong.Page.QuerySelector("input[name=Email]")!.GetAttribute("value").ShouldBe(RunningProduct.ManagerEmail);
        wrong.Text.ShouldNotContain("kept nowhere at all");
    }

    [Fact]
    public async Task Rests_after_ten_tries_also_for_the_right_password()
    {
        using var _ = await product.AnotherManager("Ravi Iyer", "ravi@example.com");
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var guesser = product.Visitor();
            (await guesser.SignIn("ravi@example.com", $"guess number {attempt}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        using var ravi = product.Visitor();
        var rested = await ravi.SignIn("ravi@example.com", RunningProduct.Password);

        (rested.Status, rested.Words.Contains(NoMatch)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        using var dana = product.Visitor();
        await product.Manager();
        (await dana.SignIn(RunningProduct.ManagerEmail, RunningProduct.Password)).Location.ShouldBe("/manage", "nobody else's account rests");
    }

    [Theory]
    [InlineData("suspended_at = now()")]
    [InlineData("password_hash = NULL")]
    public async Task Works_as_hard_at_an_account_that_lets_nobody_in_as_at_nobodys(string state)
    {
        var email = PeopleScene.NewAddress("noor");
        using var noor = await product.GivenManager(email);
        await product.Database.ExecuteAsync($"UPDATE people.account SET {state} WHERE email = '{email}'");
        var hasher = new CountedHasher();
        await using var services = product.Database.BuildServices(replace => replace.Replace(ServiceDescriptor.Scoped<IPasswordHasher<Account>>(_ => hasher)));

        var work = new List<int>();
        foreach (var address in (string[])["nobody@example.com", email])
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            hasher.Hashes = 0;
            (await scope.ServiceProvider.GetRequiredService<SignIn>().Run(new(address, "wrong orchard thimble"), TestContext.Current.CancellationToken)).Refusal!.Code.ShouldBe("no_match");
            work.Add(hasher.Hashes);
        }

        work.ShouldBe([1, 1]);
    }

    sealed class CountedHasher : PasswordHasher<Account>
    {
        public int Hashes { get; set; }

        public override string HashPassword(Account user, string password)
        {
            Hashes++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Hashes++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Fact]
    public async Task Answers_so_many_forms_a_minute_from_one_address_and_then_a_page_that_says_so()
    {
        using var guesser = product.Visitor();
        var token = (await guesser.Page("/sign-in")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answers = new List<Answer>();
        for (var attempt = 0; attempt < PlatformSetup.MostEntriesAMinute + 4; attempt++)
            answers.Add(await guesser.PostForged("/sign-in", ("Email", "a@example.com"), ("Password", "guess"), ("To", ""), ("__RequestVerificationToken", token)));

        answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(PlatformSetup.MostEntriesAMinute);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBe(4);
        answers[^1].Heading.ShouldBe("Too many tries in a minute");
        (await guesser.Get("/sign-in")).Status.ShouldBe(HttpStatusCode.OK, "looking at the page is no try");
        using var other = product.Visitor();
        (await other.Get("/sign-in")).Status.ShouldBe(HttpStatusCode.OK, "another address is not held up");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/link/no-such-link")]
    [InlineData("/invitation/no-such-invitation")]
    public async Task Lets_a_whole_room_behind_one_address_look_at_a_page(string path)
    {
        using var room = product.Visitor();

        var answers = new List<Answer>();
        for (var person = 0; person < 2 * TryLimit.PasswordsFromAddress.Most; person++) answers.Add(await room.Get(path));

        answers.ShouldAllBe(answer => answer.Status != HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("/sign-in", "/manage")]
    [InlineData("/sign-in?to=%2Fmanage%2Fsellers", "/manage/sellers")]
    [InlineData("/sign-in?to=https%3A%2F%2Felsewhere.example", "/manage")]
    public async Task Asks_nobody_to_sign_in_twice(string path, string goesTo)
    {
        var manager = await product.Manager();

        (await manager.Get(path)).Location.ShouldBe(goesTo);
    }

    [Fact]
    public async Task Ends_a_session_on_sign_out()
    {
        using var browser = await product.AnotherManager("Lena Fischer", "lena@example.com");
        (await browser.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK);

        var left = await browser.Post("/sign-out");

        left.Location.ShouldBe("/");
        (await browser.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    [Fact]
    public async Task Ends_a_session_within_a_minute_after_the_account_lost_its_access()
    {
        using var browser = await product.AnotherManager("Omar Haddad", "omar@example.com");
        await product.Database.ExecuteAsync("UPDATE people.account SET security_stamp = 'changed' WHERE email = 'omar@example.com'");
        (await browser.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK, "the session is read again once a minute");

        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await browser.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    [Fact]
    public async Task Keeps_settings_of_the_installation_to_administrators()
    {
        using var browser = await product.AnotherManager("Ines Duarte", "ines@example.com");

        (await browser.Get("/settings/marketplace")).Location.ShouldBe("/no-access?to=%2Fsettings%2Fmarketplace");
        (await browser.Get("/no-access")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    static string Comparable(Answer answer) => answer.Words.Replace(RunningProduct.ManagerEmail, "").Replace("nobody@example.com", "");
}
