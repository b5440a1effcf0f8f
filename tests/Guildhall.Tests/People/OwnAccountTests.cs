using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.People;

/// <summary>What people change about their own account.</summary>
public sealed class OwnAccountTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string NewPassword = "copper meadow lighthouse";

    [Fact]
    public async Task Shows_a_new_name_on_the_next_page()
    {
        using var browser = await product.GivenManager(PeopleScene.NewAddress("name"));

        var saved = await browser.Post("/account/name", ("Name", "  Noor El Haddad "));

        saved.Location.ShouldBe("/account?did=name");
        (await browser.Get("/manage")).Words.ShouldContain("Noor El Haddad");
    }

    [Fact]
    public async Task Refuses_an_empty_name_at_its_field()
    {
        using var browser = await product.GivenManager(PeopleScene.NewAddress("name"));

        var refused = await browser.Post("/account/name", ("Name", " "));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector("#Name-error")!.TextContent.ShouldBe("Enter your name, up to 100 characters.");
    }

    [Fact]
    public async Task Opens_to_people_without_a_role_too_and_offers_the_way_to_it_in_the_menu()
    {
        using var kim = await product.Another("Kim Lee", PeopleScene.NewAddress("kim"), _ => { });
        using var manager = await product.GivenManager(PeopleScene.NewAddress("menu"));

        (await kim.Get("/account")).Heading.ShouldBe("Your account");
        (await manager.Page("/manage")).QuerySelectorAll("a[href='/account']").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Changes_the_password_of_who_knows_the_old_one_and_ends_every_other_session()
    {
        var email = PeopleScene.NewAddress("password");
        using var here = await product.GivenManager(email);
        using var elsewhere = product.Visitor();
        await elsewhere.SignIn(email, RunningProduct.Password);

        var unproved = await here.Post("/account/password", ("OldPassword", "not my password"), ("NewPassword", NewPassword));
        var easy = await here.Post("/account/password", ("OldPassword", RunningProduct.Password), ("NewPassword", "password1234"));
        var changed = await here.Post("/account/password", ("OldPassword", RunningProduct.Password), ("NewPassword", NewPassword));
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        unproved.Page.QuerySelector("#OldPassword-error")!.TextContent.ShouldStartWith("Enter the password that you sign in with now.");
        easy.Page.QuerySelector("#NewPassword-error")!.TextContent.ShouldStartWith("Enter a password that is harder to guess");
        changed.Location.ShouldBe("/account?did=password");
        (await here.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
        (await elsewhere.SignIn(email, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await elsewhere.SignIn(email, NewPassword)).Location.ShouldBe("/manage");
        (await product.MailTo(email)).ShouldContain(("Your password was changed", "/account"));
    }

    [Fact]
    public async Task Lets_nobody_try_old_passwords_at_an_open_screen_for_long()
    {
        using var browser = await product.GivenManager(PeopleScene.NewAddress("guess"));
        for (var guess = 0; guess < 10; guess++) await browser.Post("/account/password", ("OldPassword", $"guess {guess}"), ("NewPassword", NewPassword));

        var right = await browser.Post("/account/password", ("OldPassword", RunningProduct.Password), ("NewPassword", NewPassword));

        right.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Signs_out_everywhere_else_within_a_minute()
    {
        var email = PeopleScene.NewAddress("sessions");
        using var here = await product.GivenManager(email);
        using var elsewhere = product.Visitor();
        await elsewhere.SignIn(email, RunningProduct.Password);

        (await here.Post("/account/sessions")).Location.ShouldBe("/account?did=sessions");
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await here.Get("/manage")).Status.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    [Fact]
    public async Task Changes_the_address_once_its_link_was_used_by_who_asked()
    {
        var (email, wanted) = (PeopleScene.NewAddress("old"), PeopleScene.NewAddress("new"));
        using var browser = await product.GivenManager(email);
        using var stranger = await product.GivenManager(PeopleScene.NewAddress("stranger"));

        (await browser.Post("/account/email", ("NewEmail", wanted), ("EmailPassword", "wrong"))).Page.QuerySelector("#EmailPassword-error").ShouldNotBeNull();
        (await browser.Post("/account/email", ("NewEmail", wanted), ("EmailPassword", RunningProduct.Password))).Location.ShouldBe("/account?did=email");
        var link = await product.LinkTo(wanted, "Confirm your new email address");
        for (var scan = 0; scan < 5; scan++) (await browser.Get(link)).Heading.ShouldBe("Use this address");
        var bySomebodyElse = await stranger.Post(link);
        (await browser.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/manage", "five looks at the link changed nothing");
        var used = await browser.Post(link);
        var again = await browser.Post(link);

        (bySomebodyElse.Status, bySomebodyElse.Heading).ShouldBe((HttpStatusCode.Gone, "This link no longer works"));
        used.Location.ShouldBe("/account?did=address");
        again.Status.ShouldBe(HttpStatusCode.Gone);
        using var later = product.Visitor();
        (await later.SignIn(wanted, RunningProduct.Password)).Location.ShouldBe("/manage");
        (await later.SignIn(email, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await product.MailTo(email)).Select(mail => mail.Subject).ShouldBe(["Your email address was changed"]);
    }

    [Fact]
    public async Task Answers_the_same_for_an_address_that_somebody_has_and_mails_nothing_to_it()
    {
        var taken = PeopleScene.NewAddress("taken");
        using var owner = await product.GivenManager(taken);
        using var browser = await product.GivenManager(PeopleScene.NewAddress("curious"));

        var answer = await browser.Post("/account/email", ("NewEmail", taken.ToUpperInvariant()), ("EmailPassword", RunningProduct.Password));

        answer.Location.ShouldBe("/account?did=email");
        (await product.MailTo(taken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_an_address_to_one_of_two_who_confirm_it_at_once()
    {
        var wanted = PeopleScene.NewAddress("wanted");
        using var one = await product.GivenManager(PeopleScene.NewAddress("one"));
        using var other = await product.GivenManager(PeopleScene.NewAddress("other"));
        List<string> links = [];
        foreach (var (browser, many) in ((Browser, int)[])[(one, 1), (other, 2)])
        {
            await browser.Post("/account/email", ("NewEmail", wanted), ("EmailPassword", RunningProduct.Password));
            links.Add(await product.LinkTo(wanted, "Confirm your new email address", many));
        }

        var answers = await Task.WhenAll(one.Post(links[0]), other.Post(links[1]));

        answers.Count(answer => answer.Location == "/account?did=address").ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Gone).ShouldBe(1);
    }
}
