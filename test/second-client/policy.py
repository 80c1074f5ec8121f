"""What holds in a room, by what the authors of its acts had seen (M1, M2, X13, X14)."""

from view import body_of

MODERATION = ("remove", "ban", "lift", "mute", "unmute", "appoint", "dismiss")
UNDONE_BY = {"lift": "ban", "unmute": "mute", "appoint": "dismiss"}
ACCESS_RANKS = {"open": 0, "passphrase": 1, "invite": 2}
DEFAULTS = {
    "name": "",
    "access": "open",
    "locked": False,
    "slowSeconds": 0,
    "idleMinutes": None,
    "remembersDays": None,
}
MODERATED = {"locked", "slowSeconds"}


def strictness(name, value):
    if name == "access":
        return ACCESS_RANKS[value]
    if name in ("idleMinutes", "remembersDays"):
        return float("-inf") if value is None else -value
    return 0 if name == "name" else int(value)


def is_whole(value, low, high):
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


SETTING_FORMS = {
    "name": lambda value: isinstance(value, str),
    "access": lambda value: value in ("open", "invite"),
    "locked": lambda value: isinstance(value, bool),
    "slowSeconds": lambda value: is_whole(value, 0, 3_600),
    "idleMinutes": lambda value: value is None or is_whole(value, 1, 1_440),
    "remembersDays": lambda value: value is None or is_whole(value, 0, 3_650),
}


def is_settings(body):
    names = [name for name in SETTING_FORMS if name in body]
    return len(names) > 0 and all(SETTING_FORMS[name](body[name]) for name in names)


# What the bodies of these hold (E7).
FORMS = {
    "act/moderation": lambda body: body.get("act") in MODERATION
    and isinstance(body.get("person"), str),
    "act/settings": is_settings,
    "act/topic": lambda body: isinstance(body.get("conversation"), str)
    and isinstance(body.get("text"), str),
}


class Act:
    """An act with what it does."""

    def __init__(self, event):
        self.id = event["id"]
        self.person = event["person"]
        self.kind = event["kind"]
        self.after = [other for how, other in event["refs"] if how == "after"]
        self.to = [other for how, other in event["refs"] if how == "to"][:1]
        self.body = body_of(event)
        if self.kind in FORMS and not FORMS[self.kind](self.body):
            # It changes nothing, as one of an unknown kind (E5).
            self.kind = "act/unknown"
        is_moderation = self.kind == "act/moderation"
        self.what = self.body["act"] if is_moderation else None
        self.about = self.body["person"] if is_moderation else None
        self.past = set()

    @property
    def sets(self):
        if self.kind == "act/passphrase":
            return {"access": "passphrase"}
        if self.kind != "act/settings":
            return {}
        return {name: self.body[name] for name in DEFAULTS if name in self.body}


class Policy:
    """What follows from acts that count."""

    def __init__(self, founder, counted):
        self.founder = founder
        self.counted = counted

    def restricting(self, what, person):
        """The acts that restrict a person, and were not undone."""
        by = {"ban": ("ban",), "mute": ("mute",), "dismiss": ("dismiss", "ban")}[what]
        undoing = [
            act
            for act in self.counted
            if act.about == person and UNDONE_BY.get(act.what) == what
        ]
        return [
            act
            for act in self.counted
            if act.what in by
            and act.about == person
            and not any(act in undo.past for undo in undoing)
        ]

    def is_banned(self, person):
        return bool(self.restricting("ban", person))

    def is_muted(self, person):
        return bool(self.restricting("mute", person))

    def is_moderator(self, person):
        appointed = any(act.what == "appoint" and act.about == person for act in self.counted)
        return appointed and not self.restricting("dismiss", person)

    def held(self, setting):
        """The act that holds of those that set something, None without one."""
        acts = [act for act in self.counted if setting in act.sets]
        return self.last_of(acts, lambda act: (strictness(setting, act.sets[setting]), act.id))

    def last_of(self, acts, order):
        apart = [act for act in acts if not any(act in other.past for other in acts)]
        return max(apart, key=order, default=None)

    def setting(self, name):
        act = self.held(name)
        return act.sets[name] if act else DEFAULTS[name]

    def passphrase(self):
        acts = [act for act in self.counted if act.kind == "act/passphrase"]
        act = self.last_of(acts, lambda each: each.id)
        return act.id if act else None

    def topic(self, conversation):
        acts = [
            act
            for act in self.counted
            if act.kind == "act/topic" and act.body["conversation"] == conversation
        ]
        act = self.last_of(acts, lambda each: each.id)
        return act.body["text"] if act else ""

    def invitations(self):
        revoked = {
            to for act in self.counted if act.kind == "act/revocation" for to in act.to
        }
        made = [act.id for act in self.counted if act.kind == "act/invitation"]
        return sorted(set(made) - revoked)

    def undoes_founders(self, act):
        undone = UNDONE_BY.get(act.what)
        if undone and any(
            by.person == self.founder for by in self.restricting(undone, act.about)
        ):
            return True
        for name, value in act.sets.items():
            held = self.held(name)
            if held and held.person == self.founder:
                if strictness(name, value) < strictness(name, held.sets[name]):
                    return True
        return False

    def may(self, act):
        """M1."""
        if act.person == self.founder:
            return act.about != self.founder
        if self.is_banned(act.person) or not self.is_moderator(act.person):
            return False
        if self.undoes_founders(act):
            return False
        if act.kind == "act/moderation":
            if act.what in ("appoint", "dismiss"):
                return False
            return act.about != self.founder and not self.is_moderator(act.about)
        if act.kind == "act/settings":
            return set(act.sets) <= MODERATED
        hosts_own = ("act/passphrase", "act/invitation", "act/revocation", "act/clear")
        return act.kind not in hosts_own

    def loosens(self, act):
        if act.what in UNDONE_BY:
            return True
        return any(
            strictness(name, value) < strictness(name, self.setting(name))
            for name, value in act.sets.items()
        )


class PolicyLog:
    """Weighs the acts of a room."""

    def __init__(self, founder):
        self.founder = founder
        self.acts = {}
        self.waiting = []
        self.known = {}

    def add(self, event):
        """Takes in an act, once what it names is here."""
        if event["id"] in self.acts:
            return
        act = Act(event)
        if any(other not in self.acts for other in act.after):
            self.waiting.append(event)
            return
        for other in act.after:
            seen = self.acts[other]
            act.past |= {seen} | seen.past
        self.acts[act.id] = act
        waiting, self.waiting = self.waiting, []
        for other in waiting:
            self.add(other)

    def heads(self):
        """What the next act is to name."""
        named = {other for act in self.acts.values() for other in act.after}
        return [each for each in self.acts if each not in named]

    @property
    def policy(self):
        return self.of(frozenset(self.acts.values()))

    def of(self, acts):
        """The policy that follows from a set of acts that has all that their authors had seen."""
        if acts not in self.known:
            self.known[acts] = self.weigh(acts)
        return self.known[acts]

    def of_past(self, act):
        return self.of(frozenset(act.past))

    def weigh(self, acts):
        sound = [act for act in acts if self.of_past(act).may(act)]
        tight = [act for act in sound if not self.of_past(act).loosens(act)]
        return Policy(
            self.founder,
            [act for act in sound if act in tight or self.stands(act, tight)],
        )

    def stands(self, act, tight):
        if act.person == self.founder:
            return True
        apart = [
            other
            for other in tight
            if other.kind == "act/moderation"
            and other not in act.past
            and act not in other.past
        ]
        seen = self.of_past(act)
        return Policy(self.founder, seen.counted + apart).may(act)
