namespace Guildhall.Tests.Architecture;

/// <summary>Which module may use which, kept as code in this one place.</summary>
static class ModuleArrows
{
    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["People"] = [],
        ["Sellers"] = ["People"],
        ["Programs"] = ["People", "Sellers"],
        // People: a version says who wrote it by name, as everywhere (decision 0007).
        ["Library"] = ["Programs", "People"],
        // Library: who tries a program, or waits for a place, is led to the articles that suit their shop.
        ["Enrollment"] = ["Programs", "Sellers", "People", "Library"],
        // People, Sellers: a draw names who drew and who took part.
        ["Experiments"] = ["Programs", "Enrollment", "People", "Sellers"],
        // People: a page says who changed a setting by name, and a name belongs to the account, not to a copy (decision 0007).
        ["Pairing"] = ["People", "Enrollment", "Programs", "Sellers", "Experiments"],
        // People: consents and names are there.
        ["Mentorships"] = ["Pairing", "Enrollment", "Library", "Programs", "Sellers", "People"],
        // Mentorships: names of the two. Enrollment: who is paired with whom, their weeks and their clocks. Programs: how long a session is. People: where mail goes.
        ["Sessions"] = ["Mentorships", "Enrollment", "Programs", "Sellers", "People"],
        // Programs: what is studied. Enrollment: which shop a participant is. People: who settled a plan, by name.
        ["Impact"] = ["Mentorships", "Enrollment", "Programs", "Sellers", "People", "Experiments"],
        // Sellers, Enrollment: what was seen is named by shop, and a run that was exported is shown to those who were in it.
        ["Governance"] = ["People", "Sellers", "Programs", "Enrollment"],
        // It is called by nobody. People, Enrollment: who reads, on which side, by whose clocks. Mentorships: what the people are called whom a notice is about.
        ["Notices"] = ["People", "Enrollment", "Mentorships"],
        // Impact: the front page says what came of it.
        ["Portal"] = ["People", "Sellers", "Programs", "Enrollment", "Pairing", "Impact"],
    };
}
