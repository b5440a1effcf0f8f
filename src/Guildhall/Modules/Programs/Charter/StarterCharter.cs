namespace Guildhall.Modules.Programs;

/// <summary>The charter that holds from an installation's first start on, until the marketplace publishes its own.</summary>
static class StarterCharter
{
    public const string Text = """
        These rules are for everybody who takes part: sellers who get a mentor, sellers who are mentors, and the staff who run the program. Nobody takes part before they have agreed to them.

        ## How we treat each other

        - Be honest. Say what you know, say what you do not know, and say when you were wrong.
        - Be kind and be on time. If you cannot come, say so before, not after.
        - A mentor gives advice. The seller decides. The shop, its money and its choices stay the seller’s own.
        - Nobody sells anything to the other, and nobody asks for money, goods, shares or favors. What mentors get, they get from the program alone.
        - Keep the rules of the marketplace. No advice ever helps to get around them. No bought reviews, no invented orders.
        - No insults, no pressure, no unwanted attention. Either of you can stop at any time, without giving a reason.

        ## What you hear stays with you

        - What you learn about the other’s shop is for helping that shop, and for nothing else. This holds after you stop, too.
        - Do not pass on figures, plans, suppliers or messages. Do not copy the other’s products because of what they told you.
        - Do not ask for passwords, and do not sign in to the other’s account.
        - Do not record a call unless both of you said yes to it before it began.

        ## Who sees what

        - You see your own figures, always.
        - Your mentor sees the figures that you agreed to share, as long as the two of you work together. You can take that back at any time.
        - Staff who run your program see your application, your figures, your sessions’ dates and what you agreed to do. They see them to run the program well.
        - Private notes are yours. Nobody opens them without a stated reason, a second person’s yes, and a record of both.
        - Now and then staff read a small sample of what was agreed in sessions, to see whether the advice is good. It is written down who read what.
        - Results that are made public are about groups, never about you. A story with your name needs your yes, and you can take it back.
        - Your data is not sold, and it is not used for anything but this program. You can ask for a copy of it, or for it to be deleted.

        ## When interests clash

        - Tell us before you begin if you own, work for or hold a share of another shop or brand, if you share a supplier or an owner with somebody here, or if a member of your family does.
        - Tell us in the same week if that changes.
        - We do not pair you with a rival, unless a manager writes down why it is all right and until when. Both of you can read what the other declared.
        - If you find out in the middle that you compete, stop, and tell us. Nobody is blamed for telling.

        ## Nobody has too much say

        - A mentor has only as many mentees as they can care for, and only a limited part of all mentees over time.
        - Mentors take turns. Two shops of one owner count as one.
        - Staff who choose mentors do not choose their own friends, family or business partners.

        ## What you can expect from us

        - You can read why you were paired with each other.
        - We do not push you to go on with a pair that does not work. Ask, and we look for somebody else.
        - If something is wrong, tell the people who run the program. They look into it, they tell you what they did, and you have no disadvantage from telling.
        - If somebody breaks these rules, we talk to them first. If it was serious, or happens again, they have to leave.

        ## When you leave

        - You can leave whenever you want. Nothing is owed, and your shop has no disadvantage.
        - Your mentor or mentee gets a short, neutral note. A mentee is offered somebody else.
        - From that day on nobody sees your figures through the program.
        - What was counted before stays in the program’s results without your name. You can ask for the rest to be deleted.
        - What you heard about others stays with you.

        ## When this charter changes

        - Each version has a number and a date, and says what is new.
        - We ask you again when it changes. If you do not agree, you can leave as above.
        """;

    public const string WhatChanged = "The first version.";
}
