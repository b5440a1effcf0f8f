using Guildhall.Platform.Mail;

namespace Guildhall.Tests.Platform;

/// <summary>Which addresses mail can reach.</summary>
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("dana@example.com")]
    [InlineData("o'brien@example.co.uk")]
    [InlineData("josé@exemplo.pt")]
    [InlineData("dana@bücher.example")]
    [InlineData("dana+guildhall@mail.example.com")]
    public void Takes_what_mail_can_reach(string address) => EmailAddress.IsReachable(address).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("dana")]
    [InlineData("x@y")]
    [InlineData("dana@localhost")]
    [InlineData("@example.com")]
    [InlineData("dana@")]
    [InlineData("dana@example.c")]
    [InlineData("dana@example.com.")]
    [InlineData("dana@.example.com")]
    [InlineData("dana@example..com")]
    [InlineData("dana@-example.com")]
    [InlineData("dana@192.168.0.1")]
    [InlineData("dana@[192.168.0.1]")]
    [InlineData("dana@exam ple.com")]
    [InlineData("da na@example.com")]
    [InlineData("Dana <dana@example.com>")]
    [InlineData("dana@example.com, kim@example.com")]
    public void Refuses_what_mail_can_not(string address) => EmailAddress.IsReachable(address).ShouldBeFalse();

    [Fact]
    public void Takes_no_more_than_mail_carries() => EmailAddress.IsReachable($"{new string('a', 250)}@example.com").ShouldBeFalse();
}
