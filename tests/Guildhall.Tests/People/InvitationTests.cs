using System.Net;
using System.Text.RegularExpressions;
using Guildhall.Platform.Access;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.People;

/// <summary>An administrator invites people, decides on their roles, and suspends them.</summary>
public sealed partial class InvitationTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Makes_an_account_with_the_roles_that_were_offered()
    {
        var program = (await ProgramScene.GivenProgram(product)).Slug;
        var link = await Invite("nadia@example.com", ("Roles", "Manager"), ("Roles", "Facilitator"), ("Within", "some"), ("Programs", program));
        using var nadia = product.Visitor();

        (await nadia.Get(link)).Words.ShouldContain("For nadia@example.com.");
        var made = await nadia.Post(link, ("Name", "Nadia Rahman"), ("Password", RunningProduct.Password));

        made.Location.ShouldBe("/manage");
        (await nadia.Get($"/manage/{program}/people")).Status.ShouldBe(HttpStatusCode.OK);
        (await nadia.Get("/manage/new")).Location.ShouldStartWith("/no-access");
        (await nadia.Get("/settings/roles")).Location.ShouldStartWith("/no-access");
    }

    [Fact]
    public async Task Changes_nothing_however_often_the_link_is_opened_and_works_once()
    {
        var link = await Invite("once@example.com", ("Roles", "Manager"));
        using var scanner = product.Visitor();
        for (var i = 0; i < 5; i++) (await scanner.Get(link)).Status.ShouldBe(HttpStatusCode.OK);

        using var one = product.Visitor();
        using var two = product.Visitor();
        var answers = await Task.WhenAll(one.Post(link, ("Name", "One"), ("Password", RunningProduct.Password)), two.Post(link, ("Name", "Two"), ("Password", RunningProduct.Password)));

        answers.Count(answer => answer.Location == "/manage").ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(1);
        (await scanner.Get(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await scanner.Get(link)).Words.ShouldContain("If you have made your account, sign in.");
    }

    [Theory]
    [InlineData("/invitation/forged")]
    [InlineData("/invitation/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Leads_nowhere_with_a_forged_link(string link)
    {
        await product.Manager();
        using var forger = product.Visitor();

        (await forger.Get(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await forger.Post(link, ("Name", "Forger"), ("Password", RunningProduct.Password), ("Roles", "Administrator"))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Gives_no_more_than_was_offered_whatever_the_form_says()
    {
        var link = await Invite("more@example.com", ("Roles", "Auditor"));
        using var more = product.Visitor();

        await more.Post(link, ("Name", "More"), ("Password", RunningProduct.Password), ("Roles", "Administrator"), ("SellerId", Guid.NewGuid().ToString()), ("Email", "other@example.com"));

        (await product.Database.ScalarAsync<string>("SELECT a.email || ' ' || string_agg(g.role, ',') || coalesce(a.seller_id::text, ' none') FROM people.account a JOIN people.role_grant g ON g.account_id = a.id WHERE a.display_name = 'More' GROUP BY a.id")).ShouldBe("more@example.com Auditor none");
    }

    [Fact]
    public async Task Offers_every_role_of_staff_and_makes_a_sponsor()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var offered = (await (await product.Manager()).Page("/settings/roles")).QuerySelectorAll("input[name=Roles]").Select(box => box.GetAttribute("value"));
        var link = await Invite("sponsor@example.com", ("Roles", "Sponsor"), ("Within", "some"), ("Programs", program));
        using var sponsor = product.Visitor();

        offered.ShouldBe(Enum.GetValues<Role>().Where(role => role != Role.Seller).Select(role => role.ToString()), ignoreOrder: true);
        (await sponsor.Post(link, ("Name", "Sol Sponsor"), ("Password", RunningProduct.Password))).Location.ShouldBe("/sponsor");
        (await product.Database.ScalarAsync<string>("SELECT body::text FROM platform.outgoing_mail WHERE \"to\" = 'sponsor@example.com'")).ShouldContain("Your part: sponsor of First 90 Days, Cohort");
    }

    [Fact]
    public async Task Says_to_who_is_at_the_sellers_page_what_they_can_do_about_an_address_with_an_account()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("pots", "jugs");
        var (pots, jugs) = (await SellerOf("pots"), await SellerOf("jugs"));
        using var owner = await product.Another("Olle Owner", "olle@example.com", account => account.ActFor(pots));

        (await scene.Manager.Post($"/manage/sellers/{jugs}/invite", ("Email", "olle@example.com"))).Words.ShouldContain("olle@example.com has an account, and an account is not given a shop afterwards. Nothing was sent. Ask the shop’s owner for another address of theirs, and invite that.");
        (await scene.Manager.Post($"/manage/sellers/{pots}/invite", ("Email", "olle@example.com"))).Words.ShouldContain("acts for this shop already.");

        Task<Guid> SellerOf(string name) => product.Database.ScalarAsync<Guid>($"SELECT id FROM sellers.seller WHERE external_id = '{scene.Id(name)}'");
    }

    [Fact]
    public async Task Lets_a_shop_in_to_apply()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("invited");
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM sellers.seller WHERE external_id = '{scene.Id("invited")}'");

        (await scene.Manager.Post($"/manage/sellers/{id}/invite", ("Email", "owner@example.com"))).Location.ShouldBe($"/manage/sellers/{id}?did=invited");
        var wrong = await scene.Manager.Post($"/manage/sellers/{id}/invite", ("Email", "owner"));
        var nobody = await scene.Manager.Post($"/manage/sellers/{Guid.NewGuid()}/invite", ("Email", "owner@example.com"));
        using var owner = product.Visitor();
        var made = await owner.Post(await LinkTo("owner@example.com"), ("Name", "Olga Owner"), ("Password", RunningProduct.Password));

        made.Location.ShouldBe("/me");
        (await owner.Get("/me")).Heading.ShouldBe("Hello, Olga");
        wrong.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Enter an email address, like name@example.com.");
        nobody.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Ends_after_a_week_when_taken_back_and_when_a_newer_one_is_sent()
    {
        var first = await Invite("again@example.com", ("Roles", "Manager"));
        var second = await Invite("again@example.com", ("Roles", "Auditor"));
        using var again = product.Visitor();
        (await again.Get(first)).Status.ShouldBe(HttpStatusCode.Gone);
        (await again.Get(second)).Status.ShouldBe(HttpStatusCode.OK);

        var administrator = await product.Manager();
        var id = await product.Database.ScalarAsync<Guid>("SELECT id FROM people.invitation WHERE email = 'again@example.com' ORDER BY id DESC LIMIT 1");
        (await administrator.Post($"/settings/roles/invitations/{id}/withdraw")).Location.ShouldBe("/settings/roles?did=withdrawn");

        (await again.Get(second)).Status.ShouldBe(HttpStatusCode.Gone);
        (await administrator.Post($"/settings/roles/invitations/{id}/withdraw")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Sends_one_address_three_invitations_a_day_and_no_more()
    {
        var administrator = await product.Manager();
        var answers = new List<Answer>();

        for (var i = 0; i < 100; i++) answers.Add(await administrator.Post("/settings/roles", ("Email", "flood@example.com"), ("Roles", "Manager")));

        answers.Count(answer => answer.Location == "/settings/roles?did=invited").ShouldBe(3);
        answers[^1].Words.ShouldContain("flood@example.com was sent 3 mails of this kind within a day, which is the most. Nothing was sent or changed.");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.outgoing_mail WHERE \"to\" = 'flood@example.com'")).ShouldBe(3);
    }

    [Theory]
    [InlineData("not an address", "Manager", "Enter an email address, like name@example.com.")]
    [InlineData("dana@example.com\r\nBcc: all@example.com", "Manager", "Enter an email address, like name@example.com.")]
    [InlineData("fine@example.com", "Emperor", "Choose at least one role. Nothing was sent.")]
    [InlineData("fine@example.com", "Seller", "Choose at least one role. Nothing was sent.")]
    [InlineData("DANA@example.com", "Manager", "DANA@example.com has an account. Nothing was sent. Open it in the list, and change its roles there.")]
    public async Task Says_why_nobody_was_invited(string email, string role, string message)
    {
        var administrator = await product.Manager();

        var refused = await administrator.Post("/settings/roles", ("Email", email), ("Roles", role));

        ((int)refused.Status).ShouldBeInRange(400, 499);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe(message);
    }

    [Fact]
    public async Task Changes_roles_of_an_open_session_within_a_minute()
    {
        using var lena = await product.Another("Lena Roth", "lena.roth@example.com", Role.Manager);
        var administrator = await product.Manager();
        var page = await PageOf("lena.roth@example.com");

        (await administrator.Post(page, ("seen", await Stamp(page)), ("Roles", "Facilitator"))).Location.ShouldBe($"{page}?did=saved");
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await lena.Get("/manage/new")).Location.ShouldStartWith("/no-access");
        (await lena.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Suspends_an_account_and_lets_it_in_again()
    {
        using var tom = await product.Another("Tom Abe", "tom@example.com", Role.Manager);
        var administrator = await product.Manager();
        var page = await PageOf("tom@example.com");

        await administrator.Post($"{page}/suspend", ("seen", await Stamp(page)));
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await tom.Get("/manage")).Location.ShouldStartWith("/sign-in");
        (await tom.SignIn("tom@example.com", RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await administrator.Post($"{page}/restore", ("seen", await Stamp(page)));
        (await tom.SignIn("tom@example.com", RunningProduct.Password)).Location.ShouldBe("/manage");
    }

    [Fact]
    public async Task Keeps_the_last_administrator()
    {
        var administrator = await product.Manager();
        var page = await PageOf(RunningProduct.ManagerEmail);

        var revoked = await administrator.Post(page, ("seen", await Stamp(page)), ("Roles", "Manager"));
        var suspended = await administrator.Post($"{page}/suspend", ("seen", await Stamp(page)));

        revoked.Status.ShouldBe(HttpStatusCode.Conflict);
        revoked.Words.ShouldContain("This is the only administrator who can sign in. Nothing was changed.");
        suspended.Words.ShouldContain("Nobody suspends their own account.");
        (await administrator.Get("/settings/roles")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tells_the_second_of_two_administrators()
    {
        using var _ = await product.Another("Pia Holm", "pia@example.com", Role.Auditor);
        var administrator = await product.Manager();
        var page = await PageOf("pia@example.com");
        var seen = await Stamp(page);
        await administrator.Post(page, ("seen", seen), ("Roles", "Manager"));

        var second = await administrator.Post(page, ("seen", seen), ("Roles", "Facilitator"));

        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Words.ShouldContain("Somebody else changed this account while you were on this page.");
    }

    async Task<string> Invite(string email, params (string, string)[] fields)
    {
        var administrator = await product.Manager();
        (await administrator.Post("/settings/roles", [("Email", email), .. fields])).Location.ShouldBe("/settings/roles?did=invited");
        return await LinkTo(email);
    }

    async Task<string> LinkTo(string email)
    {
        var text = await product.Database.ScalarAsync<string>($"SELECT body::text FROM platform.outgoing_mail WHERE \"to\" = '{email}' ORDER BY id DESC LIMIT 1");
        return LinkIn().Match(text).Value;
    }

    async Task<string> PageOf(string email) => $"/settings/roles/{await product.Database.ScalarAsync<Guid>($"SELECT id FROM people.account WHERE email = '{email}'")}";

    async Task<string> Stamp(string page) => (await (await product.Manager()).Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    [GeneratedRegex("/invitation/[A-Za-z0-9_-]+")]
    private static partial Regex LinkIn();
}
