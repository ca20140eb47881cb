-- For wrk: sends the form posts of a file, a line each: path, cookie and body with tabs between.
--   wrk -t1 ... -s posts.lua URL -- FILE once      each line once, then ends and says how it went
--   wrk -t1 ... -s posts.lua URL -- FILE again     from the first line again, until wrk's time is up
local posts = {}
local sent = -1 -- wrk asks for one request before it begins, and sends it nowhere
local answered = 0
local seen = 0
local once = false
local headers = {}

function init(args)
    once = args[2] == "once"
    local origin = "http://" .. wrk.headers["Host"]
    for line in io.lines(args[1]) do
        local path, cookie, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
        posts[#posts + 1] = wrk.format("POST", path, {
            ["Host"] = wrk.headers["Host"],
            ["Origin"] = origin,
            ["Sec-Fetch-Site"] = "same-origin",
            ["Accept-Language"] = "en",
            ["Content-Type"] = "application/x-www-form-urlencoded",
            ["Cookie"] = cookie ~= "" and cookie or nil,
        }, body)
    end
    -- What a connection sends while the last posts of the others are on their way.
    posts[0] = wrk.format("GET", "/healthz")
end

function request()
    sent = sent + 1
    if once then
        return posts[sent] or posts[0]
    end
    return posts[sent % #posts + 1]
end

function response(status)
    if status == 303 then
        seen = seen + 1
    end
    if status ~= 200 then
        answered = answered + 1
    end
    if once and answered >= #posts then
        io.write(string.format("posts: %d answered, %d with 303\n", answered, seen))
        io.flush()
        os.exit(0)
    end
end
